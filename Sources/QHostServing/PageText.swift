internal import QHostDrawing
internal import QHostReport

/// The pages as they are before their script fills them.
enum PageText {
  static let list = page(
    "Comparisons", kind: "list", id: "",
    """
    <header><h1>Comparisons</h1><p class="mut" id="machine"></p></header>
    <p><label for="filter">Filter</label> <input id="filter" type="search" autocomplete="off" \
    placeholder="name, optimizer, dataset or state" aria-describedby="keys"/> \
    <span class="note" id="keys">Keys: <kbd>/</kbd> filter, <kbd>Esc</kbd> clear, <kbd>j</kbd> <kbd>k</kbd> \
    next and previous</span></p>
    <div class="box"><table id="rows"><thead><tr><th class="l">comparison</th><th class="l">state</th>\
    <th>runs</th><th class="l">best median</th><th class="l">of</th></tr></thead><tbody></tbody></table></div>
    <p id="empty" hidden>There are no comparisons yet; begin one with <code>qhost compare</code>.</p>
    """)

  static func comparison(_ shown: WatchedComparison) -> String {
    page(
      shown.name, kind: "comparison", id: shown.id,
      """
      <header><p><a href="/">All comparisons</a></p><h1>\(Markup.escaped(shown.name))</h1>\
      <p class="mut" id="what"></p><p id="state" role="status" aria-live="polite"></p>\
      <p class="mut" id="machine"></p></header>
      <section id="running" hidden><h2>Running now</h2><div class="box"><table><thead><tr>\
      <th>cell</th><th class="l">what</th><th>seed</th><th>seconds</th><th class="l">budget spent</th>\
      <th>best loss</th></tr></thead><tbody></tbody></table></div></section>
      <details id="choices"><summary>Choose and download</summary>\
      <fieldset><legend>Combinations</legend><div id="combinations"></div></fieldset>
      <p><label for="baseline">Compare with</label> <select id="baseline"><option value="">each other</option>\
      </select></p><p id="downloads"></p>\
      <p><label for="figure">Figure</label> <select id="figure"></select> <a id="svg" class="button" download>SVG\
      </a></p></details>
      <p id="trouble" class="warn" role="alert" hidden></p>
      <main id="view" aria-busy="true"></main>
      """)
  }

  private static func page(_ title: String, kind: String, id: String, _ body: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en"><head><meta charset="utf-8"/>\
    <meta name="viewport" content="width=device-width, initial-scale=1"/>\
    <title>\(Markup.escaped(title)) – qhost</title>
    <style>\(HTMLPage.style)\(style)</style></head>
    <body data-page="\(kind)" data-id="\(Markup.escaped(id))">
    \(body)
    <noscript><p>This page needs its own script; 'qhost report' makes one without.</p></noscript>
    <script src="/page.js"></script></body></html>

    """
  }

  private static let style = """
    progress{width:100%;max-width:160px;height:8px;accent-color:var(--s0)}
    input[type=search],select{font:inherit;color:inherit;background:var(--bg);\
    border:1px solid var(--mut);border-radius:6px;padding:5px 8px;max-width:100%}
    input[type=search]{width:min(100%,340px)}
    fieldset{border:1px solid var(--line);border-radius:6px;margin:8px 0}
    #combinations{display:flex;flex-wrap:wrap;gap:4px 16px}
    #combinations label{overflow-wrap:anywhere}
    details{border:1px solid var(--line);border-radius:6px;padding:8px 14px;margin:12px 0}
    summary{cursor:pointer;font-weight:600}
    :focus-visible{outline:2px solid var(--s0);outline-offset:2px}
    .state{font-weight:600}.state.running{color:var(--s0)}
    .state.interrupted,.state.unreadable{color:var(--warn)}
    tr.chosen td{background:var(--soft)}
    .button{display:inline-block;border:1px solid var(--mut);border-radius:6px;padding:3px 10px;\
    text-decoration:none;margin:2px 6px 2px 0}
    kbd{border:1px solid var(--line);border-radius:4px;padding:0 4px;background:var(--soft)}
    #rows td:first-child{min-width:150px}#rows .sub{display:block;color:var(--mut);font-size:12px}
    @media (max-width:600px){#keys{display:none}}
    """
}
