using System.Collections.Immutable;
using System.Globalization;
using Mlops.Model;

namespace Mlops.Trainer;

/// <summary>A customer of whom it is known whether they left.</summary>
internal sealed record LabelledCustomer(Customer Customer, bool Left)
{
    private const string Header = "tenure_months,monthly_charges,total_charges,contract_type,num_support_tickets,churn";

    /// <summary>Reads the training data, a row per line below the header.</summary>
    /// <exception cref="FormatException">A line is not such a row; the message has its number.</exception>
    public static ImmutableArray<LabelledCustomer> ReadAll(IReadOnlyList<string> lines)
    {
        if (lines.Count < 20 || lines[0].Trim() != Header)
        {
            throw new FormatException($"the training data has no header '{Header}' with rows below it");
        }

        return [.. lines.Skip(1).Select((line, index) => (line, index + 2)).Where(pair => pair.line.Length > 0)
            .Select(pair => Read(pair.line.Split(','), pair.Item2))];
    }

    private static LabelledCustomer Read(string[] cells, int line)
    {
        if (cells is [var tenure, var monthly, var total, var contract, var tickets, var left]
            && Customer.Contracts.Contains(contract) && left is "0" or "1")
        {
            double[] numbers = [.. new[] { tenure, monthly, total, tickets }.Select(cell =>
                double.TryParse(cell, CultureInfo.InvariantCulture, out var number) ? number : double.NaN)];
            if (numbers.All(double.IsFinite))
            {
                return new LabelledCustomer(
                    new Customer(numbers[0], numbers[1], numbers[2], contract, numbers[3]), left == "1");
            }
        }

        throw new FormatException($"line {line} of the training data is no customer");
    }
}
