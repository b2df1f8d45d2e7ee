/* "Exit this page": leaves at once, by the button, the first link or three times Shift, and stays left on Back.
   Nothing is stored on the device: the tab's own name says that its reader has left. Without this script the
   button is an ordinary link. */
(function () {
  'use strict'

  var LEFT = 'left'
  var PRESSES = 3
  var PATIENCE = 5000 // milliseconds within which Shift must be pressed again

  function hidePage() {
    var root = document.documentElement
    root.style.setProperty('display', 'none', 'important')
    document.title = ''
  }

  function removePage() {
    hidePage()
    document.documentElement.replaceChildren()
  }

  function stayAway() {
    hidePage()
    window.stop()
    removePage()
    document.addEventListener('DOMContentLoaded', removePage)
  }

  function wasReopened() {
    var entry = performance.getEntriesByType('navigation')[0]
    return Boolean(entry) && entry.type !== 'navigate'
  }

  function leave(url) {
    hidePage()
    window.name = LEFT
    window.location.replace(url)
  }

  if (window.name === LEFT) {
    if (wasReopened()) {
      stayAway()
    } else {
      window.name = '' // the reader came back on purpose
    }
  }
  window.addEventListener('pageshow', function (event) {
    if (event.persisted && window.name === LEFT) {
      stayAway()
    }
  })

  function watch(bar) {
    var lights = bar.querySelector('[data-exit-lights]')
    var speaker = bar.querySelector('[data-exit-speaker]')
    var links = document.querySelectorAll('[data-exit]')
    var pressed = 0
    var alone = false
    var timer = 0

    function show(count) {
      pressed = count
      lights.hidden = count === 0
      Array.prototype.forEach.call(lights.children, function (light, index) {
        light.classList.toggle('is-on', index < count)
      })
    }

    function giveUp() {
      show(0)
      speaker.textContent = bar.dataset.exitExpired
    }

    function count() {
      window.clearTimeout(timer)
      show(pressed + 1)
      if (pressed >= PRESSES) {
        leave(links[0].href)
        return
      }
      speaker.textContent = pressed === 1 ? bar.dataset.exitTwoMore : bar.dataset.exitOneMore
      timer = window.setTimeout(giveUp, PATIENCE)
    }

    Array.prototype.forEach.call(links, function (link) {
      link.addEventListener('click', function (event) {
        event.preventDefault()
        leave(link.href)
      })
    })
    document.addEventListener('keydown', function (event) {
      alone = event.key === 'Shift' // Shift with a letter is writing, not leaving
    }, true)
    document.addEventListener('keyup', function (event) {
      if (event.key === 'Shift' && alone) {
        count()
      }
    }, true)
  }

  document.addEventListener('DOMContentLoaded', function () {
    var bar = document.querySelector('[data-exit-bar]')
    if (bar) {
      watch(bar)
    }
  })
})()
