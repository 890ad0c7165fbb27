// Keeps a page up to date and sends votes; without it forms and a refreshing page do the same.
// Written for old phones and plain http: nothing newer than 2015, no secure context.
(function () {
  'use strict';
  var main = document.getElementById('isi');
  var line = document.getElementById('sambungan');
  var said = document.getElementById('kabar');
  var url = main.getAttribute('data-stream');
  var source = null, heard = 0, failures = 0, timer = 0;
  var version = -1, scene = '', answered = false, shown = '';
  var waiting = null, flying = false;
  if (!window.EventSource || !window.XMLHttpRequest) return;

  function say(what) {
    line.hidden = false;
    line.className = what;
    line.textContent = (what === 'on' ? '● ' : '○ ') + line.getAttribute('data-' + what);
  }

  function state() {
    if (waiting) say(failures || !flying ? 'unsent' : 'sending');
    else if (line.className !== 'late') say(source && source.readyState === 1 ? 'on' : 'off');
  }

  function soon(what, least, more) {
    return setTimeout(what, least + Math.random() * more);
  }

  // What stands in the page.

  function show(html, ours) {
    var box = document.createElement('div'), focused = document.activeElement, next, id;
    box.innerHTML = html;
    next = box.firstElementChild;
    var number = +next.getAttribute('data-version');
    // An answer to a vote may overtake news that were sent before it.
    if (number < version || (!ours && number === version && answered)) return;
    answered = ours || (answered && number === version);
    version = number;
    if (html === shown) return;
    shown = html;
    id = main.contains(focused) && focused !== main ? focused.id || 'isi' : null;
    main.innerHTML = '';
    main.appendChild(next);
    fit();
    if (scene && scene !== next.getAttribute('data-scene')) {
      window.scrollTo(0, 0);
      line.className = '';
    }
    scene = next.getAttribute('data-scene');
    if (id) (document.getElementById(id) || main).focus({ preventScroll: true });
    if (next.getAttribute('data-say')) said.textContent = next.getAttribute('data-say');
    if (main.querySelector('[data-load]')) soon(load, 0, 3000);
    mark();
  }

  // Nobody scrolls a wall: its type is as large as is wished, or as large as all of it fits.
  function fit() {
    var root = document.documentElement, share = 1;
    var scale = main.firstElementChild.getAttribute('data-scale');
    if (!scale) return;
    root.style.setProperty('--scale', scale);
    do {
      root.style.setProperty('--fit', share);
      share *= 0.96;
    } while (scale * share > 0.5 && root.scrollHeight > window.innerHeight);
  }

  // The questions to take home are long, and everybody's own: not all at once.
  function load() {
    var link = main.querySelector('[data-load]');
    if (!link) return;
    request('GET', link.getAttribute('href'), null, function (status, text) {
      if (status === 200) main.innerHTML = text;
      else if (status === 0 || status >= 429) soon(load, 1000, 3000);
    });
  }

  function request(method, where, body, done) {
    var asking = new XMLHttpRequest();
    asking.open(method, where);
    asking.timeout = 8000;
    asking.setRequestHeader('X-By', 'script');
    if (body) asking.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded');
    asking.onloadend = function () { done(asking.status, asking.responseText); };
    asking.send(body);
  }

  // Votes: one at a time, the last one pressed, until it is answered or the round is over.

  function ballot() {
    return main.querySelector('form[action="/suara"]');
  }

  function key(form) {
    return form.elements.question.value + ' ' + form.elements.round.value;
  }

  function mark() {
    var form = ballot(), button;
    if (waiting && !flying && (!form || key(form) !== waiting.key)) {
      waiting = null;
      say('late');
    }
    if (waiting) {
      button = document.getElementById(waiting.id);
      if (button) button.setAttribute('aria-busy', 'true');
    }
    state();
  }

  function send() {
    var vote;
    mark();
    vote = waiting;
    if (!vote || flying) return;
    flying = true;
    state();
    request('POST', '/suara', vote.body, function (status, text) {
      flying = false;
      if (status === 401) { location.assign('/'); return; }
      if (status === 0 || status === 429 || status >= 500) {
        failures += 1;
        state();
        soon(send, 800, 1200);
        return;
      }
      failures = 0;
      if (waiting === vote) waiting = null;
      if (text.indexOf('<article') === 0) show(text, true);
      send();
    });
  }

  main.addEventListener('click', function (event) {
    var button = event.target, form, fields, i;
    while (button && button !== main && button.tagName !== 'BUTTON') button = button.parentNode;
    form = button && button.form;
    if (!form || form.getAttribute('action') !== '/suara') return;
    event.preventDefault();
    fields = [button.name + '=' + encodeURIComponent(button.value)];
    for (i = 0; i < form.elements.length; i += 1) {
      if (form.elements[i].type === 'hidden') {
        fields.push(form.elements[i].name + '=' + encodeURIComponent(form.elements[i].value));
      }
    }
    waiting = { body: fields.join('&'), id: button.id, key: key(form) };
    line.className = '';
    send();
  });

  // News.

  function close() {
    clearTimeout(timer);
    if (source) source.close();
    source = null;
  }

  function open() {
    close();
    heard = Date.now();
    source = new EventSource(url);
    answered = false;
    source.onopen = function () { heard = Date.now(); state(); };
    source.onmessage = function (event) { heard = Date.now(); show(event.data, false); state(); };
    source.addEventListener('beat', function () { heard = Date.now(); });
    source.onerror = function () {
      state();
      // A browser gives up where it was refused; whoever is no longer known joins anew.
      if (!source || source.readyState !== 2) return;
      request('GET', url.replace('/kabar', '/isi').replace('/events', ''), null, function (status) {
        if (status === 401) location.assign('/');
        else if (status !== 404) timer = soon(open, 1000, 2000);
      });
    };
  }

  function check() {
    if (document.visibilityState === 'hidden') return;
    if (!source || source.readyState === 2 || Date.now() - heard > 40000) open();
    send();
  }

  window.addEventListener('resize', fit);
  window.addEventListener('pagehide', close);
  window.addEventListener('pageshow', check);
  window.addEventListener('online', function () { open(); send(); });
  window.addEventListener('offline', state);
  document.addEventListener('visibilitychange', check);
  setInterval(check, 10000);
  open();
  state();
}());
