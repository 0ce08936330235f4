// Shows what needs passkeys where the browser has them, and says in words why one did not work.
(() => {
  if (!window.PublicKeyCredential) return
  for (const part of document.querySelectorAll("[data-passkeys]")) part.hidden = false
  for (const part of document.querySelectorAll("[data-no-passkeys]")) part.hidden = true
  const reasons = {
    NotAllowedError: "That was cancelled or took too long. Please try again.",
    InvalidStateError: "This passkey is already registered.",
    SecurityError: "Passkeys do not work at this address.",
  }
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault()
    const reason = reasons[event.detail.exception?.name] ?? "That did not work. Please try again or sign in another way."
    for (const place of document.querySelectorAll("[data-passkey-error]")) place.textContent = reason
  })
})()
