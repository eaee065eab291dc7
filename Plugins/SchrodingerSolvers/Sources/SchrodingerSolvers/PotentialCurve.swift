#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A potential between its grid points, for particles that sit anywhere: cubic, and flat beyond.
struct PotentialCurve {
  /// V, [G].
  let values: UnsafeBufferPointer<Double>
  /// x of grid point 0.
  let origin: Double
  /// The distance of grid points.
  let spacing: Double

  /// x in grid points, from 0 to G − 1; 0 for what is not a number.
  @inline(__always)
  func gridPlace(_ x: Double) -> Double {
    let place = (x - origin) / spacing
    let last = Double(values.count - 1)
    return place > 0 ? (place < last ? place : last) : 0
  }

  /// V at x by Catmull and Rom's cubic, which goes through the points.
  @inline(__always)
  func value(at x: Double) -> Double {
    let last = values.count - 1
    let place = gridPlace(x)
    let g = min(Int(place), max(last - 1, 0))
    let t = place - Double(g)
    let b = values[g]
    let c = values[min(g + 1, last)]
    let a = g > 0 ? values[g - 1] : 2 * b - c
    let d = g + 2 <= last ? values[g + 2] : 2 * c - b
    let bend = 2 * a - 5 * b + 4 * c - d
    let twist = 3 * (b - c) + d - a
    return b + 0.5 * t * (c - a + t * (bend + t * twist))
  }

  /// The energy above the floor at which half a wave fits between the walls: about E₀ − min V.
  ///
  /// The root of (πħ/ℓ)²/2m = E, ℓ the extent of V < min V + E; π/4 · ħω for a parabola.
  func typicalEnergy(hopping: Double) -> Double {
    let floor = values.min() ?? 0
    let kinetic = Double.pi * Double.pi * hopping
    var low = 0.0
    var high = kinetic
    for _ in 0..<50 {
      let middle = (low + high) / 2
      let extent = max(extent(below: floor + middle), 1)
      if kinetic / (extent * extent) > middle { low = middle } else { high = middle }
    }
    return high
  }

  /// How many grid points' width lies below a level, by linear interpolation.
  private func extent(below level: Double) -> Double {
    var sum = values.first.map { $0 < level ? 1.0 : 0 } ?? 0
    if let last = values.last, last < level { sum += 1 }
    for g in values.indices.dropLast() {
      let (a, b) = (values[g], values[g + 1])
      if a < level && b < level {
        sum += 1
      } else if a < level || b < level {
        sum += (level - min(a, b)) / abs(b - a)
      }
    }
    return sum
  }
}
