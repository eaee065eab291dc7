internal import CQHost
internal import QHostInterfaces

/// Memory that a query's pointers lead to, valid until the next query is stored.
final class QueryMemory {
  /// Up to and with `draws`.
  private static let sizeWithDraws = 104
  private var reals = GrowingBuffer<Double>()
  private var indices = GrowingBuffer<UInt64>()

  /// Stores a query over a space of `dimension` parameters as a C struct.
  func store(
    _ query: borrowing Query, dimension: Int, in raw: UnsafeMutablePointer<qhost_query>
  ) {
    raw.pointee.kind = query.kind.rawValue
    raw.pointee.batch = query.batch.rawValue
    raw.pointee.reason = query.reason.rawValue
    // The struct of a host that is older ends before these members.
    let size = Int(raw.pointee.struct_size)
    if size >= Self.sizeWithDraws { raw.pointee.draws = query.draws.rawValue }
    if size >= MemoryLayout<qhost_query>.size { raw.pointee.noise = query.noise }
    switch query.kind {
    case .points, .gradient:
      reals.reserve(query.points.count)
      raw.pointee.points = UnsafePointer(reals.append(query.points))
      raw.pointee.point_count = UInt64(query.points.count / dimension)
    case .cuts: storeCuts(query, in: raw)
    case .done: break
    }
  }

  private func storeCuts(
    _ query: borrowing Query, in raw: UnsafeMutablePointer<qhost_query>
  ) {
    reals.reserve(query.base.count + query.moveDeltas.count + query.offsets.count)
    indices.reserve(query.moveIndices.count + query.cutIndices.count)
    if !query.base.isEmpty { raw.pointee.base = UnsafePointer(reals.append(query.base)) }
    raw.pointee.move_count = UInt64(query.moveIndices.count)
    raw.pointee.move_indices = UnsafePointer(indices.appendIndices(query.moveIndices))
    raw.pointee.move_deltas = UnsafePointer(reals.append(query.moveDeltas))
    raw.pointee.cut_count = UInt64(query.cutIndices.count)
    raw.pointee.cut_indices = UnsafePointer(indices.appendIndices(query.cutIndices))
    raw.pointee.offset_count = UInt64(query.offsetCount)
    raw.pointee.offsets = UnsafePointer(reals.append(query.offsets))
  }
}

/// Memory that grows and is filled again for each query.
private struct GrowingBuffer<Element: BitwiseCopyable>: ~Copyable {
  private var start = UnsafeMutablePointer<Element>.allocate(capacity: 64)
  private var capacity = 64
  private var count = 0

  deinit { start.deallocate() }

  /// Forgets what it held and makes room for `needed` elements.
  mutating func reserve(_ needed: Int) {
    count = 0
    guard needed > capacity else { return }
    start.deallocate()
    capacity = needed
    start = .allocate(capacity: capacity)
  }

  /// Copies values to the end of what is held.
  mutating func append(_ values: borrowing [Element]) -> UnsafeMutablePointer<Element> {
    let place = start + count
    values.withUnsafeBufferPointer { source in
      if let from = source.baseAddress { place.initialize(from: from, count: source.count) }
    }
    count += values.count
    return place
  }
}

extension GrowingBuffer where Element == UInt64 {
  /// Copies indices to the end of what is held.
  mutating func appendIndices(_ values: [Int]) -> UnsafeMutablePointer<UInt64> {
    let place = start + count
    for index in values.indices { place[index] = UInt64(values[index]) }
    count += values.count
    return place
  }
}
