internal import Foundation

/// 7 or 19 sites on a hexagonal lattice, three sectors each, continued periodically in all directions.
///
/// Neighbours of a site are at 0, 60, ... 300 degrees, corners of its hexagon at 30, 90, ...; sectors look to 30, 150 and 270
/// degrees, each at a corner. Cell 3i + k is sector k of site i; site 0 is at the origin, then come rings, each from 0 degrees on,
/// counterclockwise.
///
/// The cluster repeats at six vectors: those of length √7 or √19 site distances that fit this lattice. (The usual list is for a
/// lattice with neighbours at 30 degrees: with one at 0 degrees its images lie between the sites.)
public struct HexagonalLayout: Sendable, Equatable {
  /// The rings of a layout.
  public enum Size: Int, Sendable, CaseIterable {
    /// A site and one ring: 7 sites.
    case seven = 1
    /// A site and two rings: 19 sites.
    case nineteen = 2
  }

  /// The azimuths of the sectors in degrees, counterclockwise from the east.
  public static let boresights = [30.0, 150, 270]

  /// The distance between neighbouring sites in m.
  public let siteDistance: Double
  /// Where the sites are [7 or 19].
  public let sites: [Point]
  /// By how much the images of the cluster are moved [7]; the first by nothing.
  public let shifts: [Point]

  /// Makes a layout.
  ///
  /// - Parameters:
  ///   - size: how many rings surround the site at the origin.
  ///   - siteDistance: between neighbouring sites, in m, above 0.
  public init(_ size: Size, siteDistance: Double) {
    precondition(siteDistance > 0, "a distance of \(siteDistance) m between sites")
    self.siteDistance = siteDistance
    var sites = [Point(0, 0)]
    for ring in 1...size.rawValue {
      for side in 0..<6 {
        let corner = Self.lattice(direction: side, siteDistance)
        let along = Self.lattice(direction: side + 2, siteDistance)
        for step in 0..<ring { sites.append(Double(ring) * corner + Double(step) * along) }
      }
    }
    self.sites = sites
    let (a, b) = (Double(size.rawValue + 1), Double(size.rawValue))
    shifts =
      [Point(0, 0)]
      + (0..<6).map { side in
        a * Self.lattice(direction: side, siteDistance)
          + b * Self.lattice(direction: side + 1, siteDistance)
      }
  }

  /// How many cells there are: three for each site.
  public var cellCount: Int { 3 * sites.count }

  /// From a place to the nearest image of a site, and how far that is.
  ///
  /// - Returns: the image's place and its distance in m.
  public func nearestImage(ofSite site: Int, from place: Point) -> (image: Point, distance: Double)
  {
    var best = (image: sites[site], distance: Double.infinity)
    for shift in shifts {
      let image = sites[site] + shift
      let distance = image.distance(to: place)
      if distance < best.distance { best = (image, distance) }
    }
    return best
  }

  /// The distance in m from a site to the edge of its hexagon, at an azimuth in degrees.
  public func edgeDistance(azimuth: Double) -> Double {
    let folded = azimuth - 60 * (azimuth / 60).rounded()
    return 0.5 * siteDistance / cos(folded * .pi / 180)
  }

  /// The middle of a cell: on its boresight, a third of the site distance from its site.
  public func centre(ofCell cell: Int) -> Point {
    let angle = Self.boresights[cell % 3] * .pi / 180
    return sites[cell / 3] + siteDistance / 3 * Point(cos(angle), sin(angle))
  }

  /// The other cells by the distance of their centres from a cell's, nearest first; of equals the lower number first.
  public func neighbours(ofCell cell: Int) -> [Int] {
    let middle = centre(ofCell: cell)
    let distances = (0..<cellCount).map { other in
      let there = centre(ofCell: other)
      return shifts.map { (there + $0).distance(to: middle) }.min() ?? 0
    }
    // Distances that are equal but for rounding.
    let steps = distances.map { ($0 / siteDistance * 1e6).rounded() }
    return (0..<cellCount).filter { $0 != cell }.sorted { (steps[$0], $0) < (steps[$1], $1) }
  }

  private static func lattice(direction: Int, _ scale: Double) -> Point {
    let angle = Double(direction) * .pi / 3
    return scale * Point(cos(angle), sin(angle))
  }
}
