internal import QHostMemory

extension CSVTable {
  /// The first row of a column that holds neither a plain number nor nothing; `nil`: none does.
  public func firstText(_ column: Int) -> Int? {
    if firstRow == 0, case .text = value(ofFirstRecord: column) { return 0 }
    let record = scan.oddities[column].text
    return record < 0 ? nil : record - firstRow
  }

  /// The first row of a column without texts that holds nothing, or a mark for that; `nil`: none does.
  public func firstMissing(_ column: Int) -> Int? {
    if firstRow == 0, case .missing = value(ofFirstRecord: column) { return 0 }
    let record = scan.oddities[column].missing
    return record < 0 ? nil : record - firstRow
  }

  /// The numbers of a column that has neither texts nor missing values, [N].
  public func numbers(_ column: Int) -> [Double] {
    let width = scan.columnCount
    return [Double](unsafeUninitializedCapacity: rowCount) { out, count in
      LargePages.ask(for: out)
      var row = 0
      if firstRow == 0 {
        if case .number(let number) = value(ofFirstRecord: column) { out[0] = number }
        row = 1
      }
      scan.numbers.withUnsafeBufferPointer { numbers in
        var place = column
        while row < rowCount {
          out[row] = numbers[place]
          place += width
          row += 1
        }
      }
      count = rowCount
    }
  }

  /// The texts of columns, by column; those of numbers too are as they are written.
  public func texts(_ columns: [Int]) -> [Int: Texts] {
    guard let last = columns.max() else { return [:] }
    var found = columns.reduce(into: [Int: ByteTexts]()) { $0[$1] = ByteTexts() }
    var codes = columns.reduce(into: [Int: [Int32]]()) { $0[$1] = [] }
    for column in columns { codes[column]?.reserveCapacity(rowCount) }
    let isWanted = (0...last).map { columns.contains($0) }
    text.withUnsafeBufferPointer { text in
      for start in scan.starts[firstRow...] {
        var cursor = CSVCursor(text, delimiter: delimiter, at: start)
        var column = 0
        repeat {
          guard let field = try? cursor.field() else { break }
          if isWanted[column] {
            let number = Self.number(of: field, in: cursor, &found[column, default: ByteTexts()])
            codes[column]?.append(number)
          }
          column += 1
        } while column <= last && cursor.skipDelimiter()
      }
    }
    return columns.reduce(into: [:]) { all, column in
      let texts = found[column]?.texts ?? []
      all[column] = Texts(
        codes: codes[column] ?? [], texts: texts.map { String(decoding: $0, as: UTF8.self) })
    }
  }

  private static func number(
    of field: CSVCursor.Field, in cursor: CSVCursor, _ texts: inout ByteTexts
  ) -> Int32 {
    guard field.hasDoubledQuotes else {
      return texts.number(of: UnsafeBufferPointer(rebasing: cursor.text[field.range]))
    }
    var bytes: [UInt8] = []
    cursor.append(field, to: &bytes)
    return bytes.withUnsafeBufferPointer { texts.number(of: $0) }
  }

  private func value(ofFirstRecord column: Int) -> CSVValue {
    column < first.count ? first[column] : .missing
  }
}
