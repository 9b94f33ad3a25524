import pandas as pd
import torch

from autograder.authoring.marks import wrong


@wrong(hint="Id is among the features. It is a mere number of the row and tells nothing about a house.")
def id_kept():
    def prepare_houses(train, test):
        features = pd.concat([train.iloc[:, :-1], test], ignore_index=True)
        numeric = features.select_dtypes("number").columns
        scaled = features[numeric].apply(lambda x: (x - x.mean()) / (x.std() if x.max() > x.min() else 1)).fillna(0)
        rest = features.drop(columns=numeric)
        parts = [scaled] + ([pd.get_dummies(rest, dummy_na=True)] if len(rest.columns) else [])
        values = torch.tensor(pd.concat(parts, axis=1).to_numpy(dtype="float32"))
        labels = torch.tensor(train["SalePrice"].to_numpy(dtype="float32")).reshape(-1, 1)
        return values[: len(train)], values[len(train) :], labels


@wrong(hint="The price is among the features. A model that is given the answer learns nothing else.")
def price_among_the_features():
    def prepare_houses(train, test):
        features = pd.concat([train.iloc[:, 1:], test.iloc[:, 1:]], ignore_index=True)
        numeric = features.select_dtypes("number").columns
        scaled = features[numeric].apply(lambda x: (x - x.mean()) / (x.std() if x.max() > x.min() else 1)).fillna(0)
        rest = features.drop(columns=numeric)
        parts = [scaled] + ([pd.get_dummies(rest, dummy_na=True)] if len(rest.columns) else [])
        values = torch.tensor(pd.concat(parts, axis=1).to_numpy(dtype="float32"))
        labels = torch.tensor(train["SalePrice"].to_numpy(dtype="float32")).reshape(-1, 1)
        return values[: len(train)], values[len(train) :], labels


@wrong(
    hint="Gaps are filled with 0 before standardising, so they count as real zeros in mean and spread. Standardise "
    "first."
)
def gaps_filled_with_zero_first():
    def prepare_houses(train, test):
        features = pd.concat([train.iloc[:, 1:-1], test.iloc[:, 1:]], ignore_index=True)
        numeric = features.select_dtypes("number").columns
        filled = features[numeric].fillna(0)
        scaled = filled.apply(lambda x: (x - x.mean()) / (x.std() if x.max() > x.min() else 1)).fillna(0)
        rest = features.drop(columns=numeric)
        parts = [scaled] + ([pd.get_dummies(rest, dummy_na=True)] if len(rest.columns) else [])
        values = torch.tensor(pd.concat(parts, axis=1).to_numpy(dtype="float32"))
        labels = torch.tensor(train["SalePrice"].to_numpy(dtype="float32")).reshape(-1, 1)
        return values[: len(train)], values[len(train) :], labels


@wrong(
    hint="Gaps are filled with the mean before standardising. The mean stays right, but the spread comes out too "
    "small. Standardise first."
)
def gaps_filled_with_the_mean_first():
    def prepare_houses(train, test):
        features = pd.concat([train.iloc[:, 1:-1], test.iloc[:, 1:]], ignore_index=True)
        numeric = features.select_dtypes("number").columns
        filled = features[numeric].fillna(features[numeric].mean())
        scaled = filled.apply(lambda x: (x - x.mean()) / (x.std() if x.max() > x.min() else 1)).fillna(0)
        rest = features.drop(columns=numeric)
        parts = [scaled] + ([pd.get_dummies(rest, dummy_na=True)] if len(rest.columns) else [])
        values = torch.tensor(pd.concat(parts, axis=1).to_numpy(dtype="float32"))
        labels = torch.tensor(train["SalePrice"].to_numpy(dtype="float32")).reshape(-1, 1)
        return values[: len(train)], values[len(train) :], labels


@wrong(
    hint="get_dummies makes columns of bools, and together with numbers they become objects that no tensor can hold. "
    "Convert the table to float32."
)
def dtypes_left_as_they_are():
    def prepare_houses(train, test):
        features = pd.concat([train.iloc[:, 1:-1], test.iloc[:, 1:]], ignore_index=True)
        numeric = features.select_dtypes("number").columns
        features[numeric] = features[numeric].apply(lambda x: (x - x.mean()) / (x.std() if x.max() > x.min() else 1))
        features[numeric] = features[numeric].fillna(0)
        features = pd.get_dummies(features, dummy_na=True)
        n = len(train)
        train_features = torch.tensor(features[:n].values, dtype=torch.float32)
        test_features = torch.tensor(features[n:].values, dtype=torch.float32)
        labels = torch.tensor(train["SalePrice"].values.reshape(-1, 1), dtype=torch.float32)
        return train_features, test_features, labels


@wrong(hint="The tensors are float64. All three are asked for as float32.")
def float64_tensors():
    def prepare_houses(train, test):
        features = pd.concat([train.iloc[:, 1:-1], test.iloc[:, 1:]], ignore_index=True)
        numeric = features.select_dtypes("number").columns
        scaled = features[numeric].apply(lambda x: (x - x.mean()) / (x.std() if x.max() > x.min() else 1)).fillna(0)
        rest = features.drop(columns=numeric)
        parts = [scaled] + ([pd.get_dummies(rest, dummy_na=True)] if len(rest.columns) else [])
        values = torch.tensor(pd.concat(parts, axis=1).to_numpy(dtype="float64"))
        labels = torch.tensor(train["SalePrice"].to_numpy(dtype="float64")).reshape(-1, 1)
        return values[: len(train)], values[len(train) :], labels


@wrong(hint="Words that are unknown get no column of their own. A gap is a case like any other: give it an indicator.")
def no_indicator_for_gaps():
    def prepare_houses(train, test):
        features = pd.concat([train.iloc[:, 1:-1], test.iloc[:, 1:]], ignore_index=True)
        numeric = features.select_dtypes("number").columns
        scaled = features[numeric].apply(lambda x: (x - x.mean()) / (x.std() if x.max() > x.min() else 1)).fillna(0)
        rest = features.drop(columns=numeric)
        parts = [scaled] + ([pd.get_dummies(rest)] if len(rest.columns) else [])
        values = torch.tensor(pd.concat(parts, axis=1).to_numpy(dtype="float32"))
        labels = torch.tensor(train["SalePrice"].to_numpy(dtype="float32")).reshape(-1, 1)
        return values[: len(train)], values[len(train) :], labels


@wrong(hint="One word of each column has no indicator (drop_first). Here every word gets one.")
def first_word_dropped():
    def prepare_houses(train, test):
        features = pd.concat([train.iloc[:, 1:-1], test.iloc[:, 1:]], ignore_index=True)
        numeric = features.select_dtypes("number").columns
        scaled = features[numeric].apply(lambda x: (x - x.mean()) / (x.std() if x.max() > x.min() else 1)).fillna(0)
        rest = features.drop(columns=numeric)
        dummies = [pd.get_dummies(rest, dummy_na=True, drop_first=True)] if len(rest.columns) else []
        values = torch.tensor(pd.concat([scaled] + dummies, axis=1).to_numpy(dtype="float32"))
        labels = torch.tensor(train["SalePrice"].to_numpy(dtype="float32")).reshape(-1, 1)
        return values[: len(train)], values[len(train) :], labels


@wrong(hint="The words are numbered. That says one street is twice another: give each word a column of its own.")
def words_numbered():
    def prepare_houses(train, test):
        features = pd.concat([train.iloc[:, 1:-1], test.iloc[:, 1:]], ignore_index=True)
        numeric = features.select_dtypes("number").columns
        scaled = features[numeric].apply(lambda x: (x - x.mean()) / (x.std() if x.max() > x.min() else 1)).fillna(0)
        rest = features.drop(columns=numeric).apply(lambda x: pd.factorize(x)[0])
        values = torch.tensor(pd.concat([scaled, rest], axis=1).to_numpy(dtype="float32"))
        labels = torch.tensor(train["SalePrice"].to_numpy(dtype="float32")).reshape(-1, 1)
        return values[: len(train)], values[len(train) :], labels


@wrong(hint="Mean and spread come from the training table alone. Here both tables are standardised together.")
def standardised_by_the_training_table():
    def prepare_houses(train, test):
        features = pd.concat([train.iloc[:, 1:-1], test.iloc[:, 1:]], ignore_index=True)
        numeric = features.select_dtypes("number").columns
        known = train[numeric]
        scaled = ((features[numeric] - known.mean()) / known.std().replace(0, 1)).fillna(0)
        rest = features.drop(columns=numeric)
        parts = [scaled] + ([pd.get_dummies(rest, dummy_na=True)] if len(rest.columns) else [])
        values = torch.tensor(pd.concat(parts, axis=1).to_numpy(dtype="float32"))
        labels = torch.tensor(train["SalePrice"].to_numpy(dtype="float32")).reshape(-1, 1)
        return values[: len(train)], values[len(train) :], labels


@wrong(
    hint="The two tables are prepared apart: each has its own mean, and its own words for columns. Put them together "
    "first."
)
def tables_prepared_apart():
    def prepare_houses(train, test):
        def prepare(features):
            numeric = features.select_dtypes("number").columns
            scaled = features[numeric].apply(lambda x: (x - x.mean()) / (x.std() if x.max() > x.min() else 1)).fillna(0)
            rest = features.drop(columns=numeric)
            parts = [scaled] + ([pd.get_dummies(rest, dummy_na=True)] if len(rest.columns) else [])
            return torch.tensor(pd.concat(parts, axis=1).to_numpy(dtype="float32"))

        labels = torch.tensor(train["SalePrice"].to_numpy(dtype="float32")).reshape(-1, 1)
        return prepare(train.iloc[:, 1:-1]), prepare(test.iloc[:, 1:]), labels


@wrong(
    hint="There are nans in the features: either gaps were not filled, or a column without variance was divided by 0 "
    "after filling."
)
def nan_for_no_variance():
    def prepare_houses(train, test):
        features = pd.concat([train.iloc[:, 1:-1], test.iloc[:, 1:]], ignore_index=True)
        numeric = features.select_dtypes("number")
        mean, spread = numeric.mean(), numeric.std()
        scaled = (numeric.fillna(mean) - mean) / spread
        rest = features.drop(columns=numeric.columns)
        parts = [scaled] + ([pd.get_dummies(rest, dummy_na=True)] if len(rest.columns) else [])
        values = torch.tensor(pd.concat(parts, axis=1).to_numpy(dtype="float32"))
        labels = torch.tensor(train["SalePrice"].to_numpy(dtype="float32")).reshape(-1, 1)
        return values[: len(train)], values[len(train) :], labels


@wrong(hint="The numbers are centred but not divided by their standard deviation.")
def centred_only():
    def prepare_houses(train, test):
        features = pd.concat([train.iloc[:, 1:-1], test.iloc[:, 1:]], ignore_index=True)
        numeric = features.select_dtypes("number").columns
        scaled = (features[numeric] - features[numeric].mean()).fillna(0)
        rest = features.drop(columns=numeric)
        parts = [scaled] + ([pd.get_dummies(rest, dummy_na=True)] if len(rest.columns) else [])
        values = torch.tensor(pd.concat(parts, axis=1).to_numpy(dtype="float32"))
        labels = torch.tensor(train["SalePrice"].to_numpy(dtype="float32")).reshape(-1, 1)
        return values[: len(train)], values[len(train) :], labels


@wrong(hint="You divide by the variance. Divide by its root, the standard deviation.")
def divided_by_the_variance():
    def prepare_houses(train, test):
        features = pd.concat([train.iloc[:, 1:-1], test.iloc[:, 1:]], ignore_index=True)
        numeric = features.select_dtypes("number").columns
        scaled = features[numeric].apply(lambda x: (x - x.mean()) / (x.var() if x.max() > x.min() else 1)).fillna(0)
        rest = features.drop(columns=numeric)
        parts = [scaled] + ([pd.get_dummies(rest, dummy_na=True)] if len(rest.columns) else [])
        values = torch.tensor(pd.concat(parts, axis=1).to_numpy(dtype="float32"))
        labels = torch.tensor(train["SalePrice"].to_numpy(dtype="float32")).reshape(-1, 1)
        return values[: len(train)], values[len(train) :], labels


@wrong(hint="The labels have one axis only. Their shape is (n, 1).")
def labels_in_one_axis():
    def prepare_houses(train, test):
        features = pd.concat([train.iloc[:, 1:-1], test.iloc[:, 1:]], ignore_index=True)
        numeric = features.select_dtypes("number").columns
        scaled = features[numeric].apply(lambda x: (x - x.mean()) / (x.std() if x.max() > x.min() else 1)).fillna(0)
        rest = features.drop(columns=numeric)
        parts = [scaled] + ([pd.get_dummies(rest, dummy_na=True)] if len(rest.columns) else [])
        values = torch.tensor(pd.concat(parts, axis=1).to_numpy(dtype="float32"))
        labels = torch.tensor(train["SalePrice"].to_numpy(dtype="float32"))
        return values[: len(train)], values[len(train) :], labels


@wrong(hint="Your function changes the tables that it is given. Work on a copy.")
def tables_changed():
    def prepare_houses(train, test):
        labels = torch.tensor(train["SalePrice"].to_numpy(dtype="float32")).reshape(-1, 1)
        for table in (train, test):
            table.drop(columns="Id", inplace=True)
        features = pd.concat([train.drop(columns="SalePrice"), test], ignore_index=True)
        numeric = features.select_dtypes("number").columns
        scaled = features[numeric].apply(lambda x: (x - x.mean()) / (x.std() if x.max() > x.min() else 1)).fillna(0)
        rest = features.drop(columns=numeric)
        parts = [scaled] + ([pd.get_dummies(rest, dummy_na=True)] if len(rest.columns) else [])
        values = torch.tensor(pd.concat(parts, axis=1).to_numpy(dtype="float32"))
        return values[: len(train)], values[len(train) :], labels


@wrong(
    hint="Where all values are equal, rounding leaves a spread of 1e-17, and noise is divided by noise. Ask whether the "
    "values differ."
)
def noise_divided_by_noise():
    def prepare_houses(train, test):
        features = pd.concat([train.iloc[:, 1:-1], test.iloc[:, 1:]], ignore_index=True)
        numeric = features.select_dtypes("number")
        scaled = ((numeric - numeric.mean()) / numeric.std()).fillna(0)
        rest = features.drop(columns=numeric.columns)
        parts = [scaled] + ([pd.get_dummies(rest, dummy_na=True)] if len(rest.columns) else [])
        values = torch.tensor(pd.concat(parts, axis=1).to_numpy(dtype="float32"))
        labels = torch.tensor(train["SalePrice"].to_numpy(dtype="float32")).reshape(-1, 1)
        return values[: len(train)], values[len(train) :], labels


@wrong(
    hint="Where all values are equal, rounding leaves a spread of 1e-17, and noise is divided by noise. Ask whether the "
    "values differ."
)
def spread_compared_with_zero():
    def prepare_houses(train, test):
        features = pd.concat([train.iloc[:, 1:-1], test.iloc[:, 1:]], ignore_index=True)
        numeric = features.select_dtypes("number")
        spread = numeric.std()
        scaled = ((numeric - numeric.mean()) / spread.where(spread != 0, 1)).fillna(0)
        rest = features.drop(columns=numeric.columns)
        parts = [scaled] + ([pd.get_dummies(rest, dummy_na=True)] if len(rest.columns) else [])
        values = torch.tensor(pd.concat(parts, axis=1).to_numpy(dtype="float32"))
        labels = torch.tensor(train["SalePrice"].to_numpy(dtype="float32")).reshape(-1, 1)
        return values[: len(train)], values[len(train) :], labels


@wrong(hint="Numeric columns are moved to the range from 0 to 1. Standardise them: minus their mean, over their deviation.")
def scaled_to_the_unit_range():
    def prepare_houses(train, test):
        features = pd.concat([train.iloc[:, 1:-1], test.iloc[:, 1:]], ignore_index=True)
        numeric = features.select_dtypes("number")
        reach = (numeric.max() - numeric.min()).replace(0, 1)
        scaled = ((numeric - numeric.min()) / reach).fillna(0)
        rest = features.drop(columns=numeric.columns)
        parts = [scaled] + ([pd.get_dummies(rest, dummy_na=True)] if len(rest.columns) else [])
        values = torch.tensor(pd.concat(parts, axis=1).to_numpy(dtype="float32"))
        labels = torch.tensor(train[["SalePrice"]].to_numpy(dtype="float32"))
        return values[: len(train)], values[len(train) :], labels


@wrong(hint="The labels are logarithms. They are the prices as they are; the logarithm belongs to the error.")
def labels_as_logarithms():
    def prepare_houses(train, test):
        features = pd.concat([train.iloc[:, 1:-1], test.iloc[:, 1:]], ignore_index=True)
        numeric = features.select_dtypes("number").columns
        scaled = features[numeric].apply(lambda x: (x - x.mean()) / (x.std() if x.nunique() > 1 else 1)).fillna(0)
        rest = features.drop(columns=numeric)
        parts = [scaled] + ([pd.get_dummies(rest, dummy_na=True)] if len(rest.columns) else [])
        values = torch.tensor(pd.concat(parts, axis=1).to_numpy(dtype="float32"))
        labels = torch.tensor(train[["SalePrice"]].to_numpy(dtype="float32")).log()
        return values[: len(train)], values[len(train) :], labels
