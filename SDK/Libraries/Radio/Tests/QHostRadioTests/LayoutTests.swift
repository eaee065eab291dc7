import Foundation
import QHostRadio
import Testing

@Suite("Layouts")
struct LayoutTests {
  @Test("Sites and their images are one lattice", arguments: HexagonalLayout.Size.allCases)
  func lattice(_ size: HexagonalLayout.Size) {
    let layout = HexagonalLayout(size, siteDistance: 500)
    #expect(layout.sites.count == (size == .seven ? 7 : 19))
    let images = layout.shifts.flatMap { shift in layout.sites.map { $0 + shift } }
    for (i, a) in images.enumerated() {
      for b in images[..<i] { #expect(a.distance(to: b) > 499.999) }
    }
    // Every site sees six others at the site distance, counted with images.
    for site in layout.sites {
      let near = images.filter { abs($0.distance(to: site) - 500) < 1e-6 }
      #expect(near.count == 6)
    }
  }

  @Test("Sites are those of another package, in its order")
  func sites() throws {
    for other in try Recorded.read().sites {
      let size = try #require(HexagonalLayout.Size(rawValue: other.rings))
      let layout = HexagonalLayout(size, siteDistance: other.siteDistance)
      #expect(layout.sites.count == other.places.count)
      for (site, place) in zip(layout.sites, other.places) {
        #expect(site.distance(to: Point(place[0], place[1])) < 1e-9)
      }
    }
  }

  @Test("With images every site is as far from the others as from any other site")
  func wrapped() {
    let layout = HexagonalLayout(.seven, siteDistance: 500)
    for from in layout.sites {
      let distances = layout.sites.indices.map {
        layout.nearestImage(ofSite: $0, from: from).distance.rounded()
      }
      #expect(distances.sorted() == [0, 500, 500, 500, 500, 500, 500])
    }
  }

  @Test("Edges are half the site distance away in front of neighbours, and more at corners")
  func edges() {
    let layout = HexagonalLayout(.seven, siteDistance: 600)
    #expect(layout.edgeDistance(azimuth: 0) == 300)
    #expect(abs(layout.edgeDistance(azimuth: 60) - 300) < 1e-9)
    #expect(abs(layout.edgeDistance(azimuth: 30) - 600 / 3.0.squareRoot()) < 1e-9)
    #expect(layout.edgeDistance(azimuth: -170) == layout.edgeDistance(azimuth: 10))
  }

  @Test("A cell's nearest six are the two that face it, the two at its site, and two beside these")
  func neighbours() {
    let layout = HexagonalLayout(.seven, siteDistance: 500)
    let neighbours = layout.neighbours(ofCell: 0)
    #expect(neighbours.count == 20)
    #expect(neighbours[..<6] == [4, 8, 1, 2, 5, 7])
    let middle = layout.centre(ofCell: 0)
    let distances = neighbours[..<6].map { cell in
      layout.shifts.map { (layout.centre(ofCell: cell) + $0).distance(to: middle) }.min() ?? 0
    }
    for (distance, expected) in zip(distances, [211.3249, 211.3249, 288.6751, 288.6751]) {
      #expect(abs(distance - expected) < 1e-4)
    }
    #expect(distances[4] > 400 && abs(distances[4] - distances[5]) < 1e-6)
  }

  @Test("The ratios of another package's users among its cells")
  func map() throws {
    for map in try Recorded.read().maps {
      for (user, theirs) in zip(map.users, map.ratios) {
        var powers: [Double] = []
        for site in map.sites {
          let (dx, dy) = (user[0] - site[0], user[1] - site[1])
          let loss = PathLoss(.macro, carrierGHz: map.carrierGHz, baseHeight: site[2])
          let distance = (dx * dx + dy * dy).squareRoot()
          let dB =
            map.isLineOfSight
            ? loss.lineOfSight(distance: distance) : loss.nonLineOfSight(distance: distance)
          for boresight in [0.0, 120, 240] {
            var azimuth = atan2(dy, dx) * 180 / .pi - boresight
            azimuth -= 360 * (azimuth / 360).rounded()
            powers.append(
              map.powerWatts
                * Decibel.linear(ElementPattern.gain(zenith: 90, azimuth: azimuth) - dB))
          }
        }
        let best = powers.max() ?? 0
        let ours = best / (powers.reduce(0, +) - best + map.noiseWatts)
        // Its speed of light differs, which matters beyond breakpoints.
        #expect(abs(ours / theirs - 1) < (map.isLineOfSight ? 2e-3 : 1e-9), "\(ours) \(theirs)")
      }
    }
  }
}
