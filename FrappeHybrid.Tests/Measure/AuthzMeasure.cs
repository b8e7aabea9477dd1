using System.Globalization;
using FrappeHybrid.Tests.Core.Support;
using FrappeHybrid.Tests.Core.Teams;
using FrappeHybrid.Tests.Portal;
using Xunit.Sdk;

namespace FrappeHybrid.Tests.Measure;

/// <summary>
/// Who gets in where: every act and question of Core, every page and every address of the portal, tried by people of every role about their own team's things and another's.
/// A leak is a case in which somebody was let in, saw or changed what is not theirs.
/// </summary>
internal static class AuthzMeasure
{
    public static async Task<int> RunAsync()
    {
        var leaks = new List<string>();
        var acts = await WalkAsync("acts", ActTable.Acts, act => new ActPermissionTests().An_act_is_for_those_who_may_and_nobody_else_learns_or_changes_anything(act), leaks);
        var questions = await WalkAsync("questions", ActPermissionTests.Questions.Select(row => row.Data), type => new ActPermissionTests().A_question_is_answered_with_what_the_asker_may_see(type), leaks);
        var pages = await WalkAsync("pages", PageWalkTests.Pages.Select(row => row.Data), page => new PageWalkTests().A_page_shows_nothing_that_is_not_the_viewers(page), leaks);
        var addresses = await WalkAsync("addresses", [typeof(EndpointWalkTests)], _ => new EndpointWalkTests().An_address_answers_those_who_may_and_tells_nobody_else_anything(), leaks);
        foreach (var leak in leaks)
            await Console.Error.WriteLineAsync(leak);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{{\"cases\":{WalkCount.Cases},\"leaks\":{leaks.Count},\"acts\":{acts},\"questions\":{questions},\"pages\":{pages},\"addresses\":{addresses}}}"));
        return leaks.Count == 0 ? 0 : 1;
    }

    // How many cases it tried.
    private static async Task<int> WalkAsync(string name, IEnumerable<Type> types, Func<Type, Task> walk, List<string> leaks)
    {
        var before = WalkCount.Cases;
        foreach (var type in types)
        {
            try
            {
                await walk(type);
            }
            catch (XunitException problem)
            {
                leaks.Add($"{type.Name}: {problem.Message}");
            }
        }

        var tried = WalkCount.Cases - before;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-10} {tried} cases"));
        return tried;
    }
}
