// Runs before anything else, on any browser ever made, so it is written as in 2009.
(function () {
  // The page's policy allows 'unsafe-eval', because engines before Chromium 97 compile no WebAssembly without it. Where the engine knows
  // 'wasm-unsafe-eval', which is as old as findLast (Safari: as toSorted), a second policy takes it back; of two policies both must allow.
  if ([].toSorted || ([].findLast && !/Apple/.test(navigator.vendor))) {
    var given = document.querySelector('meta[http-equiv=Content-Security-Policy]');
    var stricter = document.createElement('meta');
    stricter.httpEquiv = given.httpEquiv;
    stricter.content = given.content.replace(" 'unsafe-eval'", '');
    document.head.appendChild(stricter);
  }

  // Says, readably and in Chinese, that the page cannot start here.
  window.goujiRefuse = function (reason) {
    document.getElementById('gouji').style.display = 'none';
    document.getElementById('gouji-refusal').removeAttribute('hidden');
    document.getElementById('gouji-refusal').style.display = 'block';
    document.getElementById('gouji-reason').appendChild(document.createTextNode(reason || ''));
  };

  // An engine that could not read the main script never set goujiLoaded.
  var judge = function () {
    if (typeof WebAssembly !== 'object' || !window.goujiLoaded) window.goujiRefuse(navigator.userAgent);
  };
  if (window.addEventListener) window.addEventListener('DOMContentLoaded', judge);
  else window.onload = judge;
})();
