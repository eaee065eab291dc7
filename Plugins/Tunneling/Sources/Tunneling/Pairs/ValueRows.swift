/// The sites of a table by their values: who could take what another coordinate gives up.
struct ValueRows {
  /// The row of each site.
  let row: [Int32]
  /// Where the room of each row begins, and at the end how many sites there are.
  let first: [Int]

  /// Puts the sites of a table into rows, the lowest value first.
  init(_ table: SiteTable) {
    var values: [Int] = []
    for place in table.coordinates.indices {
      for site in table.sites(place) { values.append(table.wholeValue(place, of: site)) }
    }
    var row = Array(repeating: Int32(0), count: values.count)
    var first: [Int] = []
    var last: Int?
    for (rank, site) in values.indices.sorted(by: { values[$0] < values[$1] }).enumerated() {
      if values[site] != last {
        first.append(rank)
        last = values[site]
      }
      row[site] = Int32(first.count - 1)
    }
    self.row = row
    self.first = first + [values.count]
  }
}
