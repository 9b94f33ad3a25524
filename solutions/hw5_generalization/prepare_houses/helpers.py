def finite_features(prepare_houses, train, test):
    """Return the features of both tables, one below the other, in float64."""
    import torch

    train_features, test_features, _ = prepare_houses(train, test)
    features = torch.cat([train_features, test_features]).double()
    assert torch.isfinite(features).all(), "There must be no nan and no inf."
    return features


def tables_with_gaps():
    """Return two small tables, with gaps, words of one table only and a column without variance."""
    import pandas as pd

    train = pd.DataFrame(
        {
            "Id": [11, 12, 13, 14, 15, 16, 17],
            "Area": [120.0, None, 85.5, 240.0, None, 60.0, 310.0],
            "Zone": ["low", "high", None, "low", "hill", "low", None],
            "Year": [1960, 1987, 2004, 1931, 2010, 1999, 1975],
            "Floors": [3, 3, 3, 3, 3, 3, 3],
            "Heating": ["Gas", "Oil", "Gas", "Gas", "Wood", "Oil", "Gas"],
            "SalePrice": [215000, 105000, 172000, 244000, 189900, 99500, 410000],
        }
    )
    test = pd.DataFrame(
        {
            "Id": [21, 22, 23, 24, 25],
            "Area": [77.0, 150.0, None, 95.0, 410.0],
            "Zone": ["high", "low", "sea", None, "low"],
            "Year": [1950, 1968, 2007, 1922, 1990],
            "Floors": [3, 3, 3, 3, 3],
            "Heating": ["Gas", "Gas", "Coal", "Gas", "Oil"],
        }
    )
    return train, test


def expected_columns(ddof):
    """Return the features of `tables_with_gaps`, one table below the other, as they should be."""
    import pandas as pd
    import torch

    both = pd.concat(tables_with_gaps(), ignore_index=True)
    columns = []
    for name in ("Area", "Year"):
        values = both[name].astype(float)
        columns.append(((values - values.mean()) / values.std(ddof=ddof)).fillna(0.0))
    for name in ("Zone", "Heating"):
        for word in both[name].dropna().unique():
            columns.append((both[name] == word).astype(float))
    columns.append(both["Zone"].isna().astype(float))
    return [torch.tensor(column.to_numpy(dtype=float)) for column in columns]


def missing_and_left_over(features):
    """Return how many of the expected columns `features` lacks, and which columns it has beyond them."""
    import torch

    def compare(ddof):
        rest = list(features.double().T)
        missing = 0
        for column in expected_columns(ddof):
            found = [j for j, got in enumerate(rest) if torch.allclose(got, column, atol=1e-4, rtol=1e-4)]
            if found:
                rest.pop(found[0])
            else:
                missing += 1
        return missing, rest

    return min((compare(ddof) for ddof in (0, 1)), key=lambda pair: pair[0])


def figures_of_the_real_table(prepare_houses):
    """Return what the features of the Ames table look like. A probe."""
    import pandas as pd
    import torch

    table = pd.read_csv("data/ames/ames.csv.gz", keep_default_na=False, na_values=[""])
    train = table.iloc[:2100].reset_index(drop=True)
    test = table.iloc[2100:].reset_index(drop=True).drop(columns="SalePrice")
    train_features, test_features, labels = prepare_houses(train, test)
    features = torch.cat([train_features, test_features]).double()
    binary = ((features == 0) | (features == 1)).all(dim=0)
    return {
        "shapes": [tuple(t.shape) for t in (train_features, test_features, labels)],
        "float32": all(t.dtype == torch.float32 for t in (train_features, test_features, labels)),
        "finite": bool(torch.isfinite(features).all()),
        "always_zero": int((features == 0).all(dim=0).sum()),
        "binary": int(binary.sum()),
        "means": features[:, ~binary].mean(dim=0).abs().tolist(),
        "spreads": features[:, ~binary].std(dim=0).tolist(),
        "labels": float(labels.double().sum()),
        "prices": float(train["SalePrice"].sum()),
    }
