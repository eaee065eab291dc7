import QHostDrawing

/// The style of a report's page: light and dark by what the reader's system asks for, light on paper.
enum StyleSheet {
  static let text = """
    :root{color-scheme:light dark;--bg:#fff;--fg:#1f2328;--mut:#59636e;--line:#dfe4e9;--soft:#f5f7f9;\
    --warn:#9a6700;--warnbg:#fff8e1;\(variables(Palette.light))}
    @media screen and (prefers-color-scheme:dark){:root{--bg:#101418;--fg:#e6e9ed;--mut:#9aa5b1;\
    --line:#2b323a;--soft:#181d23;--warn:#e3b341;--warnbg:#221c0c;\(variables(Palette.dark))}}
    \(classes)
    *{box-sizing:border-box}
    body{margin:0 auto;padding:24px 20px 64px;max-width:1280px;background:var(--bg);color:var(--fg);\
    font:15px/1.5 system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;\
    font-variant-numeric:tabular-nums}
    h1{font-size:26px;line-height:1.25;margin:0 0 4px;overflow-wrap:anywhere}
    h2{font-size:20px;margin:40px 0 8px;padding-top:12px;border-top:1px solid var(--line);\
    overflow-wrap:anywhere}
    h3{font-size:15px;margin:22px 0 6px}
    p,ul{margin:6px 0}
    a{color:inherit}
    .mut,figcaption,.note{color:var(--mut)}
    .note{font-size:13px;max-width:80ch}
    nav{display:flex;flex-wrap:wrap;gap:4px 16px;margin:12px 0}
    nav a{overflow-wrap:anywhere;min-width:0}
    .warn{border-left:3px solid var(--warn);background:var(--warnbg);padding:8px 14px;margin:16px 0;\
    border-radius:0 6px 6px 0}
    .warn ul{margin:0;padding-left:18px}
    .warn li,.note,.mut{overflow-wrap:anywhere}
    .warn b{color:var(--warn);font-weight:600}
    .grid{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,340px),1fr));\
    gap:18px 24px;align-items:start;margin:10px 0}
    .grid svg{width:100%;height:auto;max-width:460px;display:block}
    .box{overflow-x:auto;margin:6px 0}
    table{border-collapse:separate;border-spacing:0;font-size:13.5px;width:100%}
    th,td{padding:5px 10px;text-align:right;white-space:nowrap;vertical-align:top}
    th{font-weight:600;color:var(--mut);border-bottom:1px solid var(--mut);vertical-align:bottom;\
    white-space:normal;min-width:72px}
    td{border-bottom:1px solid var(--line)}
    .l{text-align:left}
    td.l{white-space:normal;overflow-wrap:anywhere;min-width:110px}
    td.l:last-child{min-width:240px}
    td:first-child{white-space:normal;min-width:132px}
    th:first-child,td:first-child{position:sticky;left:0;background:var(--bg);padding-left:0}
    td.name{overflow-wrap:break-word;padding-left:32px}
    td b{font-weight:700}
    .r{color:var(--mut);font-size:12px;display:block}
    .mono td{font-family:ui-monospace,"SF Mono",Menlo,Consolas,monospace;font-size:12px}
    .key{position:absolute;left:0;top:11px;width:26px;height:9.5px}
    svg text{font-size:8px;fill:var(--fg)}
    svg .t{font-size:7px;fill:var(--mut)}
    svg .h{font-size:9px;font-weight:600}
    .m{text-anchor:middle}
    .e{text-anchor:end}
    .g,.f,.c,.d,.u,.x{fill:none}
    .g{stroke:var(--line);stroke-width:.5}
    .f{stroke:var(--mut);stroke-width:.6}
    .d{stroke:var(--fg);stroke-width:2.2}
    .c,.u{stroke:var(--s);stroke-width:1.1;stroke-linejoin:round}
    .x{stroke:var(--s);stroke-width:.9}
    .o{fill:var(--bg);stroke:var(--s);stroke-width:.9}
    \(dashes)
    .b{fill:var(--s);fill-opacity:.15;stroke:none}
    .p{fill:var(--s);fill-opacity:.85}
    @media (max-width:600px){body{padding:16px 16px 48px}h1{font-size:22px}\
    td:first-child{min-width:90px;max-width:40vw}td.name{padding-left:30px}}
    @media print{body{max-width:none;padding:0;font-size:10pt}h2{break-after:avoid}\
    svg,tr,.warn{break-inside:avoid}.box{overflow:visible}table{font-size:7.5pt}\
    th,td{padding:2px 5px;white-space:normal;min-width:0}td.l,td.l:last-child,td:first-child{min-width:0}.r{font-size:7pt}nav{display:none}\
    .note{font-size:8pt}h3{font-size:11pt;margin:10px 0 4px;break-after:avoid}\
    td:first-child{white-space:nowrap}\
    .grid{grid-template-columns:repeat(3,1fr);gap:8px}*{print-color-adjust:exact}}
    """

  private static func variables(_ colours: [String]) -> String {
    colours.enumerated().map { "--s\($0):\($1)" }.joined(separator: ";")
  }

  private static let classes = Palette.light.indices.map { ".s\($0){--s:var(--s\($0))}" }.joined()

  private static let dashes = Look.dashes.enumerated().dropFirst().map { place, dash in
    ".k\(place){stroke-dasharray:\(dash.map(Markup.number).joined(separator: " "))}"
  }.joined()
}
