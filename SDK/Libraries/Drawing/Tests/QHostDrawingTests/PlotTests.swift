import QHostDrawing
import Testing

@Suite("Plots")
struct PlotTests {
  private func plot(_ pen: Pen, aside: Double = 0) -> Plot {
    Plot(
      title: "A < B", Plot.Axis(title: "bytes", kind: .logarithmic, domain: 1...1000),
      Plot.Axis(title: "part", kind: .linear, domain: 0...1),
      legend: Legend(entries: [Legend.Entry("one", Look(colour: 0), key: .mark)]), pen: pen,
      aside: aside)
  }

  @Test("Scales lie within the sheet, and leave the room at the side that is asked for")
  func room() {
    let usual = plot(.page).x.ends
    #expect(usual.0 > 0 && usual.1 < Sheet.width)
    #expect(plot(.page, aside: 30).x.ends.1 == usual.1 - 30)
    let plot = plot(.page)
    #expect(plot.top < plot.bottom)
    #expect(plot.y.place(0) == plot.bottom && plot.y.place(1) == plot.top)
  }

  @Test("What is drawn stands between grid and frame, titles are escaped, the legend is below")
  func parts() {
    var plot = plot(.file(showsTitle: true))
    plot.body = ["<i/>"]
    let (body, height) = plot.drawn
    #expect(body.contains("A &lt; B") && body.contains(">bytes<") && body.contains(">part<"))
    #expect(body.contains(">one<"))
    #expect(height > plot.bottom)
    #expect(!body.contains("class="), "a file has no style sheet")
  }

  @Test("A page's parts have classes, and no colours of their own")
  func page() {
    let body = plot(.page).drawn.body
    #expect(body.contains("class=") && !body.contains("stroke=\""))
  }
}
