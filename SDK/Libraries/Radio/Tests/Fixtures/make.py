"""Records what Sionna and CRRM say, for the tests of QHostRadio.

    pip install crrm==2.0.2 numpy==2.4.6 torch==2.15.0
    pip install --no-deps sionna==2.2.0 && pip install importlib_resources
    python make.py > packages.json

and, with Sionna's tables PDSCH_table1.json and PDSCH_table2.json from its wheel (sionna/sys/bler_tables):

    python make.py --errors FOLDER > errors.json
"""

import itertools
import json
import sys

import numpy as np

CARRIERS = [0.7, 2.0, 3.5, 6.0]
DISTANCES = [12.0, 35.0, 100.0, 250.0, 317.0, 500.0, 1000.0, 2500.0, 4999.0]
HEIGHTS = {"uma": [(25.0, 1.5), (18.0, 1.5), (35.0, 8.0)], "umi": [(10.0, 1.5), (10.0, 8.0)]}


def crrm_loss(scenario, carrier, base, user, distance, clear):
    from CRRM.UMa_pathloss_model_06 import UMa_pathloss
    from CRRM.UMi_pathloss_model_00 import UMi_pathloss

    model = {"uma": UMa_pathloss, "umi": UMi_pathloss}[scenario](fc_GHz=carrier, LOS=clear)
    places = np.array([[distance, 0.0, user]]), np.array([[0.0, 0.0, base]])
    flat = np.array([[distance]])
    slant = np.hypot(flat, base - user)
    return float(model.get_pathloss_dB(flat, slant, *places)[0, 0])


def sionna_losses(scenario, carrier, base, user, clear):
    import torch
    from sionna.phy.channel.tr38901 import PanelArray, UMaScenario, UMiScenario

    array = PanelArray(
        num_rows_per_panel=1, num_cols_per_panel=1, polarization="single", polarization_type="V",
        antenna_pattern="omni", carrier_frequency=carrier * 1e9, precision="double", device="cpu")
    kind = {"uma": UMaScenario, "umi": UMiScenario}[scenario]
    model = kind(
        carrier * 1e9, "low", array, array, "downlink", precision="double", device="cpu")
    count = len(DISTANCES)
    users = torch.tensor([[[d, 0.0, user] for d in DISTANCES]], dtype=torch.float64)
    zeros = torch.zeros(1, count, 3, dtype=torch.float64)
    model.set_topology(
        users, torch.tensor([[[0.0, 0.0, base]]], dtype=torch.float64), zeros,
        torch.zeros(1, 1, 3, dtype=torch.float64), zeros, torch.zeros(1, count, dtype=torch.bool), clear)
    return [float(x) for x in model.basic_pathloss[0, 0]]


def losses():
    for scenario, carrier, clear in itertools.product(HEIGHTS, CARRIERS, [True, False]):
        for base, user in HEIGHTS[scenario]:
            theirs = sionna_losses(scenario, carrier, base, user, clear)
            for distance, value in zip(DISTANCES, theirs):
                yield {
                    "scenario": scenario, "carrierGHz": carrier, "baseHeight": base, "userHeight": user,
                    "distance": distance, "isLineOfSight": clear, "sionna": value,
                    "crrm": crrm_loss(scenario, carrier, base, user, distance, clear)}


def blocks():
    import torch
    from sionna.phy.nr.utils import calculate_tb_size, decode_mcs_index

    for table, count in [(1, 29), (2, 28)]:
        for index in range(count):
            bits, rate = decode_mcs_index(index, table_index=table, is_pusch=False)
            for resource_blocks, layers in [(1, 1), (4, 1), (51, 1), (106, 2), (273, 4)]:
                size, block, number = calculate_tb_size(
                    int(bits), float(rate), num_prbs=resource_blocks, num_ofdm_symbols=14,
                    num_dmrs_per_prb=12, num_layers=layers)[:3]
                yield {
                    "table": table, "index": index, "bitsPerSymbol": int(bits), "rateTimes1024": float(rate) * 1024,
                    "resourceBlockCount": resource_blocks, "layerCount": layers, "size": int(size),
                    "codeBlockSize": int(block), "codeBlockCount": int(number)}


def gains():
    import torch
    from sionna.phy.channel.tr38901 import AntennaElement

    element = AntennaElement("38.901", precision="double", device="cpu")
    for zenith, azimuth in itertools.product([20.0, 75.0, 90.0, 102.0, 150.0], [-170.0, -40.0, 0.0, 65.0]):
        across, down = element.field(*(torch.tensor([np.radians(a)]) for a in (zenith, azimuth)))
        power = float((across**2 + down**2)[0])
        yield {"zenith": zenith, "azimuth": azimuth, "gain": 10 * np.log10(power)}


def maps():
    """Ratios of signal to interference and noise of users among cells, by CRRM."""
    import CRRM

    generator = np.random.default_rng(5)
    sites = 500.0 * np.array([[0, 0], [1, 0], [0.5, 3**0.5 / 2]])
    cells = np.column_stack([sites, np.full(3, 25.0)])
    users = np.column_stack([generator.uniform(-400, 900, (12, 2)), np.full(12, 1.5)])
    for clear in (True, False):
        simulator = CRRM.Simulator(CRRM.Parameters(
            cell_locations=cells, ue_initial_locations=users, n_sectors=3, fc_GHz=2.0, LOS=clear, p_W=40.0, bw_MHz=10.0))
        simulator.update()
        simulator.sinr.update()
        yield {
            "isLineOfSight": clear, "carrierGHz": 2.0, "powerWatts": 40.0, "noiseWatts": simulator.params.noise_power,
            "sites": cells.tolist(), "users": users.tolist(),
            "ratios": np.asarray(simulator.sinr.data)[:, 0].tolist()}


def sites():
    import torch
    from sionna.sys.topology import _tr38901_site_positions

    for rings in (1, 2):
        places = _tr38901_site_positions(rings, 500.0, torch.float64, "cpu")
        yield {"rings": rings, "siteDistance": 500.0, "places": places.tolist()}


def profiles():
    from importlib.resources import files

    folder = files("sionna") / "phy/channel/tr38901/models/v16_1"
    for name in "ABC":
        data = json.loads((folder / f"TDL-{name}.json").read_text())
        yield {"name": f"tdl-{name.lower()}", "delays": data["delays"], "powers": data["powers"]}


def errors(folder):
    """Of each curve the points around 10 %, and where they cross it, with ln BLER straight between grid points."""
    for table in (1, 2):
        data = json.load(open(f"{folder}/PDSCH_table{table}.json"))
        for index, scheme in data["category"]["1"]["index"][str(table)]["MCS"].items():
            grid = scheme["SNR_db"]
            for size, curve in scheme["CBS"].items():
                rates = curve["BLER"]
                places = [k for k in range(len(grid) - 1) if rates[k] >= 0.1 > rates[k + 1]]
                if not places:
                    continue
                k = places[-1]
                high, low = np.log(rates[k]), np.log(max(rates[k + 1], 1e-5))
                point = grid[k] + (grid[k + 1] - grid[k]) * (high - np.log(0.1)) / (high - low)
                yield {"table": table, "index": int(index), "blockSize": int(size), "below": grid[k],
                       "above": grid[k + 1], "point": float(point)}


def lines(records):
    return "[\n" + ",\n".join(json.dumps(record) for record in records) + "\n]"


if len(sys.argv) > 2 and sys.argv[1] == "--errors":
    print(lines(errors(sys.argv[2])))
else:
    parts = {"losses": losses(), "blocks": blocks(), "gains": gains(), "maps": maps(), "profiles": profiles(),
             "sites": sites()}
    print("{\n" + ",\n".join(f'"{name}": {lines(part)}' for name, part in parts.items()) + "\n}")
