/**
 * What `/subscribe.js` does, and no page needs: it copies the address, opens an app, and leads to one's own reader. The address that
 * is typed there, with its scheme or without, is used in the browser alone; only http and https are followed.
 */
export const subscribeScript = `for (const button of document.querySelectorAll('[data-copy]')) {
  const field = document.getElementById(button.dataset.copy)
  const label = button.textContent
  button.hidden = false
  button.setAttribute('aria-live', 'polite')
  field.addEventListener('click', () => field.select())
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(field.value)
    } catch {
      field.select()
      if (!document.execCommand('copy')) return
    }
    button.textContent = button.dataset.done
    setTimeout(() => { button.textContent = label }, 2000)
  })
}
for (const part of document.querySelectorAll('[data-with-script]')) part.hidden = false
for (const link of document.querySelectorAll('[data-href]')) link.href = link.dataset.href
for (const form of document.querySelectorAll('[data-own-reader]')) {
  const [reader, address] = form.querySelectorAll('select, input')
  form.hidden = false
  form.parentElement.querySelector('[data-without-script]').hidden = true
  address.addEventListener('input', () => address.setCustomValidity(''))
  form.addEventListener('submit', event => {
    event.preventDefault()
    const base = baseOf(address.value.trim())
    if (base) location.assign(base + reader.value)
    else {
      address.setCustomValidity(address.dataset.wrong)
      address.reportValidity()
    }
  })
}
function baseOf(text) {
  try {
    const url = new URL(text.includes('://') ? text : 'https://' + text)
    return /^https?:$/.test(url.protocol) ? url.origin + url.pathname.replace(/\\/+$/, '') : null
  } catch {
    return null
  }
}
`
