import Testing
import Tunneling

@Suite("The best base point")
struct BestBaseTests {
  @Test("It is the base at its lowest loss, whatever moved in between")
  func follows() {
    var base = [0.0, 0, 0]
    var best = BestBase(base)
    var expected = base
    var lowest = Double.infinity
    for step in 0..<200 {
      let coordinate = (step * 7) % 3
      base[coordinate] += Double(step % 5) - 1.7
      best.noteMove(along: coordinate)
      if step % 23 == 0 {
        base = [Double(step), 1, -1]
        best.notePlacement()
      }
      let loss = 10 / Double(step + 1) + Double((step * 31) % 11)
      best.take(base, loss)
      if loss < lowest { (lowest, expected) = (loss, base) }
      #expect(best.point == expected && best.loss == lowest)
    }
  }

  @Test("A saved one takes the whole base at the next lower loss")
  func saved() {
    var best = BestBase(loss: 2, point: [1, 2])
    best.take([3, 4], 2.5)
    #expect(best.point == [1, 2])
    best.take([3, 4], 1.5)
    #expect(best.point == [3, 4] && best.loss == 1.5)
  }
}
