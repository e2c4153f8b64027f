using Mlops.Model;
using Mlops.Trainer;

namespace Reference.Tests.Mlops;

public sealed class ChurnModelTests
{
    private const string Header = "tenure_months,monthly_charges,total_charges,contract_type,num_support_tickets,churn";

    [Theory]
    [InlineData("not json", "no JSON")]
    [InlineData("{}", "tenure_months")]
    [InlineData("""{"tenure_months": 101}""", "tenure_months: a number from 0 to 100")]
    [InlineData("""{"tenure_months": 1, "monthly_charges": "1"}""", "monthly_charges")]
    [InlineData("""
        {"tenure_months": 1, "monthly_charges": 1, "total_charges": 1, "num_support_tickets": 0, "contract_type": "x"}
        """, "contract_type: one of Month-to-month")]
    public void What_is_no_customer_is_refused_with_the_field(string body, string reason) =>
        Assert.Contains(reason, Customer.Parse(body).Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"means": [1], "spreads": [1], "weights": [1], "bias": 0}""")]
    [InlineData("""{"means": "all"}""")]
    public void A_damaged_model_file_is_refused(string text) =>
        Assert.Throws<FormatException>(() => ChurnModel.Parse(text));

    [Fact]
    public void Training_finds_what_the_data_say_and_its_file_predicts_the_same()
    {
        // Who has had many tickets leaves, whatever else there is.
        var rows = Enumerable.Range(0, 400).Select(index => new LabelledCustomer(
            new Customer(index % 60, 20 + (index % 7), index, Customer.Contracts[index % 3], index % 8),
            index % 8 > 4));
        var (model, accuracy, area) = Training.Fit([.. rows]);
        Assert.InRange(accuracy, 0.9, 1);
        Assert.InRange(area, 0.95, 1);
        var troubled = new Customer(10, 22, 100, "One year", 7);
        Assert.InRange(model.Probability(troubled), 0.5, 1);
        Assert.Equal(model.Probability(troubled), ChurnModel.Parse(model.ToJson()).Probability(troubled), 12);
    }

    [Fact]
    public void A_line_that_is_no_customer_is_named_with_its_number()
    {
        string[] lines = [Header, .. Enumerable.Repeat("1,2,3,One year,0,1", 20), "1,2,3,Never,0,1"];
        var failure = Assert.Throws<FormatException>(() => LabelledCustomer.ReadAll(lines));
        Assert.Contains("line 22", failure.Message, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => LabelledCustomer.ReadAll(["something else", .. lines[1..]]));
    }
}
