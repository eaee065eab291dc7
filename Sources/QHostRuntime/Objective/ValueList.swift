internal import CQHostRuntime
internal import Glibc

/// Different values, each with its place among them, which is found by its bits.
final class ValueList {
  private let memory: UnsafeMutablePointer<qhost_kernel_value_list>

  /// An empty list; `nil` when there is no memory for one.
  init?() {
    guard let zeros = calloc(1, MemoryLayout<qhost_kernel_value_list>.size) else { return nil }
    memory = zeros.bindMemory(to: qhost_kernel_value_list.self, capacity: 1)
  }

  deinit { memory.deallocate() }

  /// The values, in the order in which they came.
  var values: UnsafeBufferPointer<Float> {
    let start = UnsafeRawPointer(memory).assumingMemoryBound(to: Float.self)
    return UnsafeBufferPointer(start: start, count: Int(memory.pointee.count))
  }

  /// Writes the place of each of `numbers` [n], of which new ones are taken in.
  ///
  /// - Returns: whether there was room for all of them, and places had 8 bits; if not, the places are of no use.
  func places(
    of numbers: UnsafeBufferPointer<Float>, into places: UnsafeMutableBufferPointer<UInt8>
  ) -> Bool {
    precondition(places.count >= numbers.count, "room for too few places")
    guard let from = numbers.baseAddress, let to = places.baseAddress else { return true }
    return qhost_kernel_places_bytes(from, numbers.count, memory, to) != 0
  }

  /// The same of wider places.
  func places(
    of numbers: UnsafeBufferPointer<Float>, into places: UnsafeMutableBufferPointer<UInt16>
  ) -> Bool {
    precondition(places.count >= numbers.count, "room for too few places")
    guard let from = numbers.baseAddress, let to = places.baseAddress else { return true }
    return qhost_kernel_places_words(from, numbers.count, memory, to) != 0
  }
}
