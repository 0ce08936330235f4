// Swagger UI draws its page from a description and skips a heading level and two landmarks; this names them.
(() => {
  const named = [
    [".information-container", { role: "region", "aria-label": "About the API" }],
    [".scheme-container", { role: "region", "aria-label": "Sign in to try" }],
    ["h3.opblock-tag", { "aria-level": "2" }],
  ]
  const name = () => {
    for (const [selector, attributes] of named)
      for (const element of document.querySelectorAll(selector))
        for (const [key, value] of Object.entries(attributes))
          if (element.getAttribute(key) !== value) element.setAttribute(key, value)
  }
  new MutationObserver(name).observe(document.getElementById("swagger-ui"), { childList: true, subtree: true })
})()
