/// Rows of sites, each in the order of keys that are kept elsewhere; of equal keys the lower site comes first.
struct SortedRows {
  /// Where the room of each row begins.
  private let first: [Int]
  private var counts: [Int]
  private var order: [Int32]

  /// Makes empty rows with room from one element of `first` to the next.
  init(first: [Int]) {
    self.first = first
    counts = Array(repeating: 0, count: first.count - 1)
    order = Array(repeating: 0, count: first.last ?? 0)
  }

  /// How many sites a row has.
  @inline(__always)
  func count(_ row: Int) -> Int { counts[row] }

  /// The site of a rank in a row.
  @inline(__always)
  func site(_ row: Int, _ rank: Int) -> Int { Int(order[first[row] + rank]) }

  /// Empties all rows.
  mutating func clear() {
    for row in counts.indices { counts[row] = 0 }
  }

  /// Adds a site at the end of a row, out of order until ``sort(_:)``.
  @inline(__always)
  mutating func append(_ site: Int, to row: Int) {
    order[first[row] + counts[row]] = Int32(site)
    counts[row] += 1
  }

  /// Puts all rows in order.
  ///
  /// - Parameter keys: of all sites.
  mutating func sort(_ keys: [Double]) {
    keys.withUnsafeBufferPointer { keys in
      order.withUnsafeMutableBufferPointer { order in
        for row in counts.indices where counts[row] > 1 {
          var sites = UnsafeMutableBufferPointer(
            rebasing: order[first[row]..<first[row] + counts[row]])
          sites.sort { Self.precedes(Int($0), Int($1), keys) }
        }
      }
    }
  }

  /// Takes a site out of a row that has it.
  mutating func remove(_ site: Int, from row: Int) {
    let count = counts[row]
    order.withUnsafeMutableBufferPointer { order in
      guard let sites = order.baseAddress.map({ $0 + first[row] }) else { return }
      var place = 0
      while sites[place] != Int32(site) { place += 1 }
      (sites + place).update(from: sites + place + 1, count: count - place - 1)
    }
    counts[row] = count - 1
  }

  /// Adds a site where its key belongs.
  mutating func insert(_ site: Int, into row: Int, _ keys: [Double]) {
    let count = counts[row]
    keys.withUnsafeBufferPointer { keys in
      order.withUnsafeMutableBufferPointer { order in
        guard let sites = order.baseAddress.map({ $0 + first[row] }) else { return }
        let low = Self.place(of: site, in: sites, 0, count, keys)
        (sites + low + 1).update(from: sites + low, count: count - low)
        sites[low] = Int32(site)
      }
    }
    counts[row] = count + 1
  }

  /// Moves a site to where a new key belongs, and notes the key.
  ///
  /// One shift of what lies between both places does what taking it out and putting it in would.
  mutating func replaceKey(of site: Int, in row: Int, by key: Double, _ keys: inout [Double]) {
    let count = counts[row]
    keys.withUnsafeMutableBufferPointer { keys in
      order.withUnsafeMutableBufferPointer { order in
        guard let sites = order.baseAddress.map({ $0 + first[row] }) else { return }
        let rises = key > keys[site]
        var from = 0
        while sites[from] != Int32(site) { from += 1 }
        keys[site] = key
        let known = UnsafeBufferPointer(keys)
        let (start, end) = rises ? (from + 1, count) : (0, from)
        let low = Self.place(of: site, in: sites, start, end, known)
        if rises {
          (sites + from).update(from: sites + from + 1, count: low - 1 - from)
          sites[low - 1] = Int32(site)
        } else {
          (sites + low + 1).update(from: sites + low, count: from - low)
          sites[low] = Int32(site)
        }
      }
    }
  }

  /// The first place, from `first` on and before `end`, whose site is to come after another one; `end`: there is none.
  ///
  /// It halves what is left without a branch, which would go the wrong way half of the time.
  @inline(__always)
  private static func place(
    of site: Int, in sites: UnsafeMutablePointer<Int32>, _ first: Int, _ end: Int,
    _ keys: UnsafeBufferPointer<Double>
  ) -> Int {
    let key = keys[site]
    var (low, length) = (first, end - first)
    while length > 0 {
      let half = length / 2
      let other = Int(sites[low + half])
      let otherKey = keys[other]
      let isBehind: Int = otherKey < key ? 1 : 0
      let isLower: Int = otherKey == key ? (other < site ? 1 : 0) : 0
      let isBefore = isBehind | isLower
      low += isBefore * (half + 1)
      length = isBefore * (length - half - 1) + (1 - isBefore) * half
    }
    return low
  }

  @inline(__always)
  private static func precedes(
    _ left: Int, _ right: Int, _ keys: UnsafeBufferPointer<Double>
  ) -> Bool {
    keys[left] < keys[right] || keys[left] == keys[right] && left < right
  }
}
