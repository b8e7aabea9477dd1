using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace FrappeHybrid.Portal.Api;

/// <summary>A word out of an enum in an address, written as in JSON ("unreachable"); numbers and other spellings are refused.</summary>
internal readonly record struct Choice<T>(T Value) : IParsable<Choice<T>>
    where T : struct, Enum
{
    public static Choice<T> Parse(string s, IFormatProvider? provider) => TryParse(s, provider, out var choice) ? choice : throw new FormatException();

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Choice<T> result)
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (string.Equals(JsonNamingPolicy.CamelCase.ConvertName(value.ToString()), s, StringComparison.Ordinal))
            {
                result = new Choice<T>(value);
                return true;
            }
        }

        result = default;
        return false;
    }
}
