import QHostInterfaces
import QHostTesting
import Testing

@Suite("Cuts of spiking networks")
struct CutTests {
  private static let offsets = [0, 0.3, -0.4, 1, 2.5]
  private static let variants =
    SpikingVariant.all + SpikingVariant.withoutGradient + SpikingVariant.encoders

  @Test(
    "They are whole passes to the bit, after moves too", arguments: variants, [false, true])
  func exact(_ variant: SpikingVariant, isGraded: Bool) throws {
    let driven = try SpikingCase.bound(variant.settings, isGraded: isGraded)
    let whole = try SpikingCase.bound(variant.settings, isGraded: isGraded)
    var point = try driven.start()
    try driven.openCuts(point)
    var changed = 0
    for trial in 0..<12 {
      let index = (trial * 7919 + 3) % driven.parameterCount
      if trial % 3 == 2 {
        try driven.session.move(index: index, delta: 0.37)
        point[index] += 0.37
      }
      let cut = try driven.cut(index, Self.offsets)
      let points = Self.offsets.flatMap { offset in
        var other = point
        other[index] += offset
        return other
      }
      let passes = try whole.forward(points, pointCount: Self.offsets.count)
      let isEqual = cut == passes
      #expect(isEqual, "parameter \(index)")
      let size = driven.outputCount * driven.rowCount
      changed += zip(cut.dropFirst(size), cut).count { $0 != $1 }
    }
    #expect(changed > 0, "no cut changed anything")
  }

  @Test("More offsets than lanes are split", arguments: [17, 40])
  func manyOffsets(_ count: Int) throws {
    let driven = try SpikingCase.bound([:])
    let point = try driven.start()
    try driven.openCuts(point)
    let offsets = (0..<count).map { Double($0 - 8) / 4 }
    let together = try driven.cut(7, offsets)
    let alone = try offsets.flatMap { try driven.cut(7, [$0]) }
    #expect(together == alone)
  }

  @Test("Before they are opened, and for streams, they are refused")
  func refusals() throws {
    let driven = try SpikingCase.bound([:])
    #expect(throws: ComponentError.self) { try driven.cut(0, [1]) }
    try driven.bindSeries(
      [Int](repeating: SpikingCase.steps, count: SpikingCase.rowCount), .begin)
    #expect(throws: ComponentError.self) { try driven.openCuts(try driven.start()) }
  }
}
