/// A queue from which the least element comes first; equal ones do not exist.
struct LeastHeap<Element: Comparable> {
  private var elements: [Element] = []

  /// The least element.
  var first: Element? { elements.first }

  /// Empties it.
  mutating func clear() { elements.removeAll(keepingCapacity: true) }

  /// Adds one out of order; ``arrange()`` is to follow.
  mutating func append(_ element: Element) { elements.append(element) }

  /// Puts in order what was appended, in linear time.
  mutating func arrange() {
    for place in stride(from: elements.count / 2 - 1, through: 0, by: -1) { sink(place) }
  }

  /// Takes the least one out.
  mutating func pop() -> Element? {
    guard let first = elements.first else { return nil }
    let last = elements.removeLast()
    guard !elements.isEmpty else { return first }
    elements[0] = last
    sink(0)
    return first
  }

  /// Adds one.
  mutating func push(_ element: Element) {
    elements.append(element)
    elements.withUnsafeMutableBufferPointer { elements in
      var place = elements.count - 1
      while place > 0, element < elements[(place - 1) / 2] {
        elements[place] = elements[(place - 1) / 2]
        place = (place - 1) / 2
      }
      elements[place] = element
    }
  }

  private mutating func sink(_ start: Int) {
    elements.withUnsafeMutableBufferPointer { elements in
      let element = elements[start]
      var place = start
      while true {
        var child = 2 * place + 1
        guard child < elements.count else { break }
        if child + 1 < elements.count, elements[child + 1] < elements[child] { child += 1 }
        guard elements[child] < element else { break }
        elements[place] = elements[child]
        place = child
      }
      elements[place] = element
    }
  }
}
