// Boots Swagger UI on /api/docs. Writes tried out there carry the CSRF token of whoever is logged in.
"use strict";

async function csrfToken() {
  const answer = await fetch("/api/me");
  return answer.ok ? (await answer.json()).csrf_token : "";
}

async function withCsrfToken(request) {
  const isWrite = !["GET", "HEAD", "OPTIONS"].includes((request.method || "GET").toUpperCase());
  if (isWrite) request.headers["X-CSRF-Token"] = await csrfToken();
  return request;
}

SwaggerUIBundle({
  url: "/api/openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  docExpansion: "list",
  validatorUrl: null,
  requestInterceptor: withCsrfToken,
});
