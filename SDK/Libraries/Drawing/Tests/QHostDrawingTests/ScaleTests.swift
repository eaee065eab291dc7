import QHostDrawing
import Testing

@Suite("Scales of charts")
struct ScaleTests {
  @Test("Equal ratios are equally far apart on a logarithmic scale")
  func logarithmic() {
    let scale = Scale(.logarithmic, 1...1000, from: 0, to: 300)
    #expect(abs(scale.place(10) - 100) < 1e-9)
    #expect(abs(scale.place(100) - 200) < 1e-9)
  }

  @Test("Values beyond the domain, and those that have no logarithm, lie at its ends")
  func clipping() {
    let scale = Scale(.logarithmic, 1...1000, from: 300, to: 0)
    #expect(scale.place(0) == 300)
    #expect(scale.place(-5) == 300)
    #expect(scale.place(.infinity) == 0)
    #expect(Scale(.linear, 0...1, from: 0, to: 10).place(.nan) == 0)
  }

  @Test("A domain of one value is widened, so that the value lies inside")
  func point() {
    for (kind, value) in [(Scale.Kind.linear, 0.0), (.linear, -3), (.logarithmic, 5)] {
      let place = Scale(kind, value...value, from: 0, to: 100).place(value)
      #expect(place > 10 && place < 90)
    }
  }

  static let domains: [(Scale.Kind, ClosedRange<Double>)] = [
    (.linear, 0...1), (.linear, 0.873...0.981), (.linear, -40...1200), (.linear, 1e-9...3e-9),
    (.logarithmic, 1...10), (.logarithmic, 3...4), (.logarithmic, 1e-9...2.4),
    (.logarithmic, 80...200), (.logarithmic, 0.31...0.36), (.logarithmic, 1e-300...1e300),
    (.logarithmic, 1...5e6), (.logarithmic, 2e-5...0.04),
  ]

  @Test("Every domain has two to eight labels, inside it, in order, none twice", arguments: domains)
  func ticks(kind: Scale.Kind, domain: ClosedRange<Double>) {
    let scale = Scale(kind, domain, from: 0, to: 300)
    let labelled = scale.ticks.filter { $0.label != nil }
    #expect((2...8).contains(labelled.count), "\(scale.ticks)")
    #expect(Set(labelled.map(\.label)).count == labelled.count)
    #expect(scale.ticks.map(\.value) == scale.ticks.map(\.value).sorted())
    for tick in scale.ticks {
      #expect(tick.value >= domain.lowerBound * 0.99 - 1e-12 || tick.value < 0)
      #expect(tick.value <= domain.upperBound * 1.01)
    }
  }

  @Test("Labels are powers of ten, or plain numbers where all are short; or parts of a hundred")
  func labels() {
    func labels(_ scale: Scale) -> [String] { scale.ticks.compactMap(\.label) }
    #expect(
      labels(Scale(.logarithmic, 0.01...100, from: 0, to: 300))
        == ["0.01", "0.1", "1", "10", "100"])
    #expect(labels(Scale(.logarithmic, 1e-4...10, from: 0, to: 300)).first == "10⁻⁴")
    #expect(
      labels(Scale(.linear, 0.9...1, from: 0, to: 200, isPercent: true))
        == ["90 %", "92 %", "94 %", "96 %", "98 %", "100 %"])
  }
}
