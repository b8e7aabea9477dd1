using FrappeHybrid.Portal.Account;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace FrappeHybrid.Portal.Components.Layout.Commands;

/// <summary>Does what a command says, with the rights of this moment: opens the page, or asks first, runs the act and says what came of it.</summary>
public sealed class CommandRunner(CurrentActor current, CommandActs acts, NavigationManager navigation, DialogService dialogs, Toasts toasts, Workspace workspace)
{
    /// <summary>One command for one thing.</summary>
    public async Task RunAsync(Command command, Thing thing, CancellationToken cancel)
    {
        if (command.Href is { } href)
        {
            navigation.NavigateTo(href(thing));
        }
        else if (command.IsOfDesktop)
        {
            workspace.Give(command.Id);
        }
        else if (await AgreesAsync(command, [thing]))
        {
            Tell(command, thing, await ActAsync(command, thing, cancel));
        }
    }

    /// <summary>One command for several things, one after the other; what came of each.</summary>
    public async Task<IReadOnlyList<BulkResult>> RunAllAsync(Command command, IReadOnlyList<Thing> things, CancellationToken cancel)
    {
        if (!await AgreesAsync(command, things))
            return [];
        var results = new List<BulkResult>();
        foreach (var thing in things)
        {
            var begun = await ActAsync(command, thing, cancel);
            results.Add(new BulkResult(thing, begun.Error, begun.IsDone ? command.Began(thing, begun.Value) : null));
        }

        return results;
    }

    private void Tell(Command command, Thing thing, Result<Guid> begun)
    {
        var what = $"{command.Text}: {thing.Name}";
        if (!begun.IsDone)
        {
            toasts.Fail(what, begun.Error);
            return;
        }

        // Of a job the end is told as well.
        var page = command.Began(thing, begun.Value);
        if (page == $"/jobs/{begun.Value}")
            toasts.Follow(begun.Value, what, page);
        else
            toasts.Say(what, page);
    }

    private async Task<Result<Guid>> ActAsync(Command command, Thing thing, CancellationToken cancel)
    {
        if (await current.FindAsync(cancel) is not { } actor)
            return Error.NotFound;
        if (command.Act is not { } act || thing.Kind != command.Kind || !command.Fits(thing))
            return new Error("not-now", $"{thing.Name} is not in a state for this.", "Open it to see where it is.");
        return await act(acts, actor, thing, cancel);
    }

    private async Task<bool> AgreesAsync(Command command, IReadOnlyList<Thing> things)
    {
        if (command.Question is not { } question || things.Count == 0)
            return things.Count > 0;
        var title = things.Count == 1 ? $"{command.Text}: {things[0].Name}" : $"{command.Text}: {things.Count} selected";
        return await dialogs.Confirm(question, title, new ConfirmOptions { OkButtonText = command.Text, CancelButtonText = "Not now", CloseDialogOnEsc = true }) == true;
    }
}
