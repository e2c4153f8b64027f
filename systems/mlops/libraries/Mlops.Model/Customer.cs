using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mlops.Model;

/// <summary>What is known of a customer.</summary>
/// <param name="TenureMonths">0 to 100.</param>
/// <param name="MonthlyCharges">0 to 500.</param>
/// <param name="TotalCharges">0 to 20000.</param>
/// <param name="Contract">One of <see cref="Contracts"/>.</param>
/// <param name="SupportTickets">0 to 50.</param>
public sealed record Customer(
    double TenureMonths, double MonthlyCharges, double TotalCharges, string Contract, double SupportTickets)
{
    /// <summary>Gets the kinds of contract.</summary>
    public static ImmutableArray<string> Contracts { get; } = ["Month-to-month", "One year", "Two year"];

    /// <summary>Gets the numbers that the model sees, in the order of its weights.</summary>
    public ImmutableArray<double> Features =>
    [
        TenureMonths, MonthlyCharges, TotalCharges, SupportTickets, Contract == "One year" ? 1 : 0,
        Contract == "Two year" ? 1 : 0,
    ];

    /// <summary>Reads a request's body.</summary>
    /// <returns>The customer; or what is wrong, with the field's name.</returns>
    public static (Customer? Customer, string? Problem) Parse(string json)
    {
        JsonObject? body;
        try
        {
            body = JsonNode.Parse(json) as JsonObject;
        }
        catch (JsonException failure)
        {
            return (null, $"the body is no JSON: {failure.Message}");
        }

        string? problem = null;
        var customer = new Customer(
            Number("tenure_months", 100), Number("monthly_charges", 500), Number("total_charges", 20_000),
            body?["contract_type"]?.ToString() ?? "", Number("num_support_tickets", 50));
        problem ??= Contracts.Contains(customer.Contract)
            ? null : $"contract_type: one of {string.Join(", ", Contracts)} is expected";
        return problem is null ? (customer, null) : (null, problem);

        double Number(string field, double most)
        {
            if (body?[field] is JsonValue value && value.TryGetValue<double>(out var number)
                && number >= 0 && number <= most)
            {
                return number;
            }

            problem ??= $"{field}: a number from 0 to {most} is expected";
            return 0;
        }
    }
}
