public import CQHost
public import QHostInterfaces

extension Packets {
  /// Calls `body` with the batch as a C struct that borrows its arrays.
  public mutating func withRaw<R>(_ body: (UnsafePointer<qhost_packets>) -> R) -> R {
    var raw = qhost_packets.sized()
    raw.mode = mode.rawValue
    raw.topology = topology.rawValue
    raw.packet_count = UInt64(packetCount)
    raw.grid_count = UInt64(gridCount)
    raw.origin = origin
    raw.spacing = spacing
    raw.hbar = hbar
    raw.time = time
    raw.steps = UInt64(stepCount)
    return masses.withUnsafeBufferPointer { masses in
      potentials.withUnsafeBufferPointer { potentials in
        raw.masses = masses.baseAddress
        raw.potentials = potentials.baseAddress
        return withResults(&raw, body)
      }
    }
  }

  private mutating func withResults<R>(
    _ raw: inout qhost_packets, _ body: (UnsafePointer<qhost_packets>) -> R
  ) -> R {
    // In-out access to each array keeps it unique and in place for the length of the call.
    realParts.withUnsafeMutableBufferPointer { real in
      raw.real = real.isEmpty ? nil : real.baseAddress
      return imaginaryParts.withUnsafeMutableBufferPointer { imaginary in
        raw.imaginary = imaginary.isEmpty ? nil : imaginary.baseAddress
        return densities.withUnsafeMutableBufferPointer { densities in
          raw.densities = densities.isEmpty ? nil : densities.baseAddress
          return means.withUnsafeMutableBufferPointer { means in
            raw.means = means.baseAddress
            return secondMoments.withUnsafeMutableBufferPointer { seconds in
              raw.second_moments = seconds.baseAddress
              return energies.withUnsafeMutableBufferPointer { energies in
                raw.energies = energies.baseAddress
                return norms.withUnsafeMutableBufferPointer { norms in
                  raw.norms = norms.baseAddress
                  return body(&raw)
                }
              }
            }
          }
        }
      }
    }
  }
}
