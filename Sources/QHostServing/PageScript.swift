/// The scripts of the pages: the browser's own language, nothing that is fetched from elsewhere.
enum PageScript {
  /// In a worker that all pages of a browser share: one stream of events, however many pages there are.
  ///
  /// A browser gives up a stream for good that meets an error of a proxy when it connects again; then a new one is
  /// made.
  static let stream = #"""
    'use strict';
    const ports = new Set();
    const known = new Map();
    let last = null, source = null, connected = false;
    function tell(message) { for (const port of ports) port.postMessage(message); }
    function setConnected(value) {
      if (value !== connected) { connected = value; tell({connected}); }
    }
    function open() {
      source = new EventSource('/events');
      source.onopen = () => setConnected(true);
      source.onmessage = event => {
        const message = JSON.parse(event.data);
        if (message.is_whole) known.clear();
        for (const row of message.comparisons) known.set(row.id, row);
        last = message;
        tell({event: message});
      };
      source.onerror = () => {
        setConnected(false);
        if (source.readyState === EventSource.CLOSED) setTimeout(open, 2000);
      };
    }
    onconnect = event => {
      const port = event.ports[0];
      ports.add(port);
      port.onmessage = message => { if (message.data === 'bye') ports.delete(port); };
      port.start();
      port.postMessage({connected});
      if (last) port.postMessage({event: {...last, comparisons: [...known.values()], is_whole: true}});
    };
    open();
    """#
}
