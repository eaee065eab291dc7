import QHostInterfaces
import Testing

@Suite("Shape")
struct ShapeTests {
  @Test("Its count is the product of its extents, 1 for a scalar")
  func count() {
    #expect(Shape([2, 3, 4]).count == 24)
    #expect(Shape([]).count == 1)
    #expect(Shape([5, 0]).count == 0)
  }

  @Test("Its description is for people")
  func description() {
    #expect("\(Shape([14, 14]))" == "14×14")
    #expect("\(Shape([7]))" == "7")
    #expect("\(Shape([]))" == "scalar")
  }
}
