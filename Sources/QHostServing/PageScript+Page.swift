extension PageScript {
  /// What all pages run.
  static let page = #"""
    'use strict';
    const $ = id => document.getElementById(id);
    const body = document.body, id = body.dataset.id, isList = body.dataset.page === 'list';
    const rows = new Map();
    function element(name, text, className) {
      const made = document.createElement(name);
      if (text !== undefined && text !== null) made.textContent = text;
      if (className) made.className = className;
      return made;
    }
    function bar(part, words) {
      const made = element('progress');
      made.max = 1;
      made.value = Number.isFinite(part) ? part : 0;
      made.setAttribute('aria-label', words);
      return made;
    }
    function duration(seconds) {
      if (seconds < 60) return seconds.toFixed(seconds < 10 ? 1 : 0) + ' s';
      const minutes = Math.floor(seconds / 60);
      return minutes < 60 ? `${minutes} min ${Math.floor(seconds % 60)} s`
        : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
    }
    const number = value => value === null || value === undefined ? '–'
      : typeof value === 'string' ? value : Number(value).toPrecision(4);

    let connected = false;
    function receive(message) {
      if ('connected' in message) { connected = message.connected; showMachine(); }
      const event = message.event;
      if (!event) return;
      showMachine(event);
      const before = id ? rows.get(id) : null;
      if (event.is_whole) rows.clear();
      for (const row of event.comparisons) rows.set(row.id, row);
      if (isList) showList(); else showComparison(before);
    }
    let machine = null;
    function showMachine(event) {
      if (event) machine = `load ${event.load.toFixed(2)} on ${event.processors} processors here`;
      $('machine').textContent = (connected ? '' : 'Not connected: trying again. ') + (machine || '');
    }

    function showList() {
      const words = $('filter').value.toLowerCase().split(/\s+/).filter(word => word);
      const table = $('rows').tBodies[0];
      const shown = [...rows.values()].filter(row => {
        const text = `${row.name} ${row.title} ${row.state} ${row.best || ''}`.toLowerCase();
        return words.every(word => text.includes(word));
      }).sort((a, b) => (b.state === 'running') - (a.state === 'running')
        || b.started.localeCompare(a.started));
      const focused = document.activeElement?.dataset?.row;
      table.replaceChildren(...shown.map(row => {
        const line = element('tr');
        const name = element('td', null, 'l');
        const link = element('a', row.name);
        link.href = `/comparison/${row.id}`;
        link.dataset.row = row.id;
        name.append(link, element('span', row.problem || row.title, 'sub'));
        const state = element('td', null, 'l');
        state.append(element('span', row.state, 'state ' + row.state), element('br'));
        const done = row.finished + row.failed;
        state.append(bar(done / Math.max(row.cells, 1), `${done} of ${row.cells} runs`));
        const counts = element('td', `${row.finished}/${row.cells}`);
        if (row.failed) counts.append(element('span', `${row.failed} failed`, 'sub'));
        line.append(name, state, counts, element('td', row.best || '–', 'l'),
          element('td', row.metric || '–', 'l'));
        return line;
      }));
      if (focused) table.querySelector(`a[data-row="${focused}"]`)?.focus();
      $('empty').hidden = rows.size > 0;
    }

    let version = -1, isLoading = false, isStale = false, pause = 500, turn = 0;
    function showComparison(before) {
      const row = rows.get(id);
      if (!row) return;
      $('what').textContent = row.title;
      const rest = row.running?.remaining_seconds;
      const failed = row.failed ? `, ${row.failed} failed` : '';
      const words = `${row.state}: ${row.finished} of ${row.cells} runs${failed}`
        + (rest !== undefined && row.state === 'running' ? `, about ${duration(rest)} to go` : '')
        + (row.best ? `; best median ${row.best} (${row.metric})` : '');
      if ($('state').textContent !== words) $('state').textContent = words;
      showRunning(row);
      if (!before || before.version !== row.version) load();
    }
    function showRunning(row) {
      const active = row.running?.active || [];
      $('running').hidden = active.length === 0;
      $('running').querySelector('tbody').replaceChildren(...active.map(cell => {
        const line = element('tr');
        const spent = element('td', null, 'l');
        if (cell.fraction !== undefined) {
          spent.append(bar(cell.fraction, `${(cell.fraction * 100).toFixed(0)} % of the budget`));
        }
        line.append(element('td', cell.cell), element('td', cell.name, 'l'), element('td', cell.seed),
          element('td', cell.seconds.toFixed(1)), spent, element('td', number(cell.best_loss)));
        return line;
      }));
    }

    const hidden = new Set();
    function query() {
      const made = new URLSearchParams();
      for (const name of hidden) made.append('hide', name);
      if ($('baseline').value) made.set('baseline', $('baseline').value);
      // A plus is not a space everywhere.
      const text = made.toString().replaceAll('+', '%20');
      return text ? '?' + text : '';
    }
    const address = (part, text) => `/comparison/${id}/${part}${text}`;
    async function load() {
      if (isLoading) { isStale = true; return; }
      isLoading = true;
      isStale = false;
      const own = ++turn;
      const begun = performance.now();
      let isAnswered = false;
      try {
        const answer = await fetch(address('view', query()));
        const text = await answer.text();
        if (own !== turn) return;
        $('trouble').hidden = answer.ok;
        if (answer.ok) {
          const opened = document.activeElement?.id;
          $('view').innerHTML = text;
          if (opened && $(opened)) $(opened).focus({preventScroll: true});
          $('view').setAttribute('aria-busy', 'false');
          version = Number(answer.headers.get('X-Version'));
          isAnswered = true;
          await loadNames();
        } else {
          $('trouble').textContent = text;
        }
      } catch (error) {
        // The stream tells when the server is back, and the view is loaded again then.
      }
      // A view takes a tenth of the time at most.
      pause = Math.max(500, 10 * (performance.now() - begun));
      setTimeout(() => {
        if (own !== turn) return;
        isLoading = false;
        // What was given may be a view from before, which the server keeps for a while.
        if (isStale || (isAnswered && rows.has(id) && rows.get(id).version !== version)) load();
      }, pause);
    }
    let namesOf = '';
    async function loadNames() {
      const names = await (await fetch(address('names', ''))).json();
      const chosen = query();
      const key = JSON.stringify([names, chosen]);
      if (key === namesOf) return;
      namesOf = key;
      $('combinations').replaceChildren(...names.combinations.map(name => {
        const label = element('label'), box = element('input');
        box.type = 'checkbox';
        box.checked = !hidden.has(name);
        box.onchange = () => {
          if (box.checked) hidden.delete(name); else hidden.add(name);
          choose();
        };
        label.append(box, ' ' + name);
        return label;
      }));
      const baseline = $('baseline').value;
      $('baseline').replaceChildren(new Option('each other', ''),
        ...names.combinations.map(name => new Option(name, name)));
      $('baseline').value = names.combinations.includes(baseline) ? baseline : '';
      const figure = $('figure').value;
      $('figure').replaceChildren(...names.figures.map(name => new Option(name, name)));
      if (names.figures.includes(figure)) $('figure').value = figure;
      showDownloads();
    }
    function showDownloads() {
      const chosen = query();
      $('downloads').replaceChildren(...[['report.csv', 'CSV'], ['report.tex', 'LaTeX']].map(([part, text]) => {
        const link = element('a', text, 'button');
        link.href = address(part, chosen);
        link.download = part;
        return link;
      }));
      $('svg').href = address('figure/' + encodeURIComponent($('figure').value) + '.svg', chosen);
    }
    function choose() {
      showDownloads();
      isLoading = false;
      load();
    }

    if (isList) {
      $('filter').oninput = showList;
      document.addEventListener('keydown', event => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const isTyping = document.activeElement === $('filter');
        if (event.key === '/' && !isTyping) { event.preventDefault(); $('filter').focus(); }
        if (event.key === 'Escape') { $('filter').value = ''; $('filter').blur(); showList(); }
        if (!isTyping && (event.key === 'j' || event.key === 'k')) {
          const links = [...document.querySelectorAll('#rows a')];
          const place = links.indexOf(document.activeElement) + (event.key === 'j' ? 1 : -1);
          links[Math.min(Math.max(place, 0), links.length - 1)]?.focus();
        }
      });
    } else {
      $('baseline').onchange = choose;
      $('figure').onchange = showDownloads;
    }

    if (window.SharedWorker) {
      const worker = new SharedWorker('/stream.js');
      worker.port.onmessage = event => receive(event.data);
      worker.port.start();
      addEventListener('pagehide', () => worker.port.postMessage('bye'));
      addEventListener('pageshow', event => { if (event.persisted) location.reload(); });
    } else {
      (function open() {
        const source = new EventSource('/events');
        source.onopen = () => receive({connected: true});
        source.onmessage = event => receive({event: JSON.parse(event.data)});
        source.onerror = () => {
          receive({connected: false});
          if (source.readyState === EventSource.CLOSED) setTimeout(open, 2000);
        };
      })();
    }
    """#
}
