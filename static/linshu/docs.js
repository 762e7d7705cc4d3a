// The documentation page of the API: Swagger UI on our own schema. Only GET can be tried out: a POST would be real.
"use strict";
const place = document.getElementById("api-docs");
SwaggerUIBundle({
  url: place.dataset.schema,
  domNode: place,
  presets: [SwaggerUIBundle.presets.apis],
  layout: "BaseLayout",
  docExpansion: "list",
  defaultModelsExpandDepth: -1,
  supportedSubmitMethods: ["get"],
  validatorUrl: null,
});
