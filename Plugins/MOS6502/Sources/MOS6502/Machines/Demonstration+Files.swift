extension Demonstration {
  /// Whether the machine has room for it.
  public var fits: Bool { code.end <= machine.end }

  /// The files for the machine, by name.
  public func files(_ stem: String) -> [(name: String, bytes: [UInt8])] {
    let name = stem + machine.suffix
    let start = code.symbols["main"] ?? code.origin
    switch machine.container {
    case .xex: return [(name, xex(start))]
    case .prg: return [(name, prg(start))]
    case .appleBinary: return [(name, appleBinary(start))]
    case .acorn:
      let addresses = [code.origin, start, code.bytes.count].map {
        String($0, radix: 16, uppercase: true)
      }
      let line = "$.NETWORK \(addresses[0]) \(addresses[1]) \(addresses[2])\n"
      return [(name, code.bytes), (name + ".inf", Array(line.utf8))]
    }
  }

  private static func word(_ number: Int) -> [UInt8] {
    [UInt8(number & 0xFF), UInt8(number >> 8 & 0xFF)]
  }

  private func xex(_ start: Int) -> [UInt8] {
    func segment(_ address: Int, _ bytes: [UInt8]) -> [UInt8] {
      Self.word(address) + Self.word(address + bytes.count - 1) + bytes
    }
    return [0xFF, 0xFF] + segment(code.origin, code.bytes) + segment(0x2E0, Self.word(start))
  }

  /// `10 SYS start`, then zeros up to the code.
  private func prg(_ start: Int) -> [UInt8] {
    let basic = 0x0801
    let digits = Array(String(start).utf8)
    let next = basic + 6 + digits.count
    var bytes = Self.word(next) + Self.word(10) + [0x9E] + digits + [0, 0, 0]
    bytes += [UInt8](repeating: 0, count: code.origin - basic - bytes.count)
    return Self.word(basic) + bytes + code.bytes
  }

  /// A jump to `main` stands before the code, since it is started at its first byte.
  private func appleBinary(_ start: Int) -> [UInt8] {
    let bytes = [0x4C] + Self.word(start) + code.bytes
    return Self.word(code.origin - 3) + Self.word(bytes.count) + bytes
  }
}
