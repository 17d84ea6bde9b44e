(function () {
  var probe = (window.probe = window.probe || { errors: [], seen: {} });
  var all = function (selector) { return document.querySelectorAll(selector); };
  var tab = function (index) { all('.tabs button')[index].click(); };
  // One step a question: what it waits for, and what it does then.
  var steps = [
    [
      function () { return typeof globalThis !== 'undefined' && globalThis.goujiWorker && !document.querySelector('#gouji .shell'); },
      function () {
        probe.agent = navigator.userAgent;
        globalThis.goujiWorker.check('收入总计12.5万元。', {}).then(
          function (report) { probe.answer = report.schema; },
          function (error) { probe.errors.push(String(error)); }
        );
      },
    ],
    [function () { return probe.answer; }, function () { all('.welcome button')[2].click(); }],
    // The example holds a table and a scoring form: each view is drawn once.
    [function () { return all('.summary').length && all('.sheet td').length; }, function () { all('.card-head')[0].click(); }],
    [function () { return all('.inspector .place').length && all('.sheet .chosen').length; }, function () { tab(2); }],
    [
      function () { return all('.tree .card-head').length && all('.gauge rect').length; },
      function () {
        probe.seen.indicators = all('.tree .card-head').length;
        probe.seen.head = getComputedStyle(all('.sheet thead th')[0]).position;
        all('.what-if button')[0].click();
      },
    ],
    [function () { return all('.suppositions input').length; }, function () { all('.tree .card-head')[2].click(); }],
    [function () { return all('.sheet .at-chosen').length; }, function () { probe.schema = probe.answer; }],
  ];
  probe.step = probe.step || 0;
  if (probe.step === steps.length) return JSON.stringify(probe);
  if (steps[probe.step][0]()) steps[probe.step++][1]();
  return '';
})()
