using System.Globalization;

namespace FrappeHybrid.Agent.Restores;

/// <summary>Which of two versions of Frappe is the newer one.</summary>
internal static class VersionOrder
{
    /// <summary>Number by number, as bench compares them; what follows the numbers ("-dev", "+abc") does not count.</summary>
    public static bool IsNewer(string one, string other)
    {
        var (left, right) = (Numbers(one), Numbers(other));
        for (var index = 0; index < Math.Max(left.Length, right.Length); index++)
        {
            var difference = left.ElementAtOrDefault(index) - right.ElementAtOrDefault(index);
            if (difference != 0)
                return difference > 0;
        }

        return false;
    }

    private static int[] Numbers(string version)
    {
        var numbers = new string([.. version.TakeWhile(character => char.IsAsciiDigit(character) || character == '.')]);
        return [.. numbers.Split('.', StringSplitOptions.RemoveEmptyEntries).Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue / 2)];
    }
}
