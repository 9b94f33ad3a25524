import pandas as pd
import torch

from autograder.authoring.marks import right


@right
def textbook_with_number_columns():
    def prepare_houses(train, test):
        all_features = pd.concat((train.drop(columns=["Id", "SalePrice"]), test.drop(columns="Id")))
        numeric = all_features.select_dtypes(include="number").columns
        all_features[numeric] = all_features[numeric].apply(lambda x: (x - x.mean()) / (x.std() if x.nunique() > 1 else 1))
        all_features[numeric] = all_features[numeric].fillna(0)
        all_features = pd.get_dummies(all_features, dummy_na=True)
        values = all_features.values.astype("float32")
        n_train = train.shape[0]
        train_features = torch.tensor(values[:n_train], dtype=torch.float32)
        test_features = torch.tensor(values[n_train:], dtype=torch.float32)
        train_labels = torch.tensor(train.SalePrice.values.reshape(-1, 1), dtype=torch.float32)
        return train_features, test_features, train_labels


@right
def column_by_column_dividing_by_n():
    def prepare_houses(train, test):
        columns = []
        for name in test.columns[1:]:
            values = pd.concat([train[name], test[name]], ignore_index=True)
            if pd.api.types.is_numeric_dtype(values):
                centred = values - values.mean()
                spread = values.std(ddof=0)
                scaled = centred / spread if values.nunique() > 1 else centred * 0.0
                columns.append(torch.tensor(scaled.fillna(0).tolist()))
            else:
                for word in sorted(values.dropna().unique()):
                    columns.append(torch.tensor((values == word).tolist()).float())
                if values.isna().any():
                    columns.append(torch.tensor(values.isna().tolist()).float())
        features = torch.stack(columns, dim=1)
        labels = torch.tensor(train["SalePrice"].tolist(), dtype=torch.float32)[:, None]
        n = len(train)
        return features[:n], features[n:], labels


@right
def gaps_as_a_word():
    def prepare_houses(train, test):
        n = len(train)
        table = pd.concat([train.iloc[:, 1:-1], test.iloc[:, 1:]], axis=0).reset_index(drop=True)
        numeric = [c for c in table.columns if pd.api.types.is_numeric_dtype(table[c])]
        words = [c for c in table.columns if c not in numeric]
        numbers = torch.tensor(table[numeric].to_numpy(dtype="float64"))
        known = ~numbers.isnan()
        mean = numbers.nanmean(0)
        variance = ((numbers - mean) ** 2).nansum(0) / (known.sum(0) - 1)
        varied = numbers.nan_to_num(float("-inf")).amax(0) > numbers.nan_to_num(float("inf")).amin(0)
        numbers = torch.where(known & varied, (numbers - mean) / variance.sqrt(), 0.0)
        parts = [numbers.float()]
        if words:
            dummies = pd.get_dummies(table[words].fillna("(unknown)"), dtype="float32")
            parts.append(torch.tensor(dummies.to_numpy()))
        features = torch.cat(parts, 1)
        labels = torch.tensor(train.iloc[:, -1].to_numpy(dtype="float32")).unsqueeze(1)
        return features[:n], features[n:], labels
