(function () {
  window.probe = window.probe || { errors: [] };
  if (window.probe.asked) return JSON.stringify(window.probe);
  if (typeof globalThis === 'undefined' || !globalThis.goujiWorker || document.querySelector('#gouji .shell')) return '';
  window.probe.asked = true;
  window.probe.agent = navigator.userAgent;
  globalThis.goujiWorker.check('收入总计12.5万元。', {}).then(
    function (report) { window.probe.schema = report.schema; },
    function (error) { window.probe.errors.push(String(error)); }
  );
  return '';
})()
