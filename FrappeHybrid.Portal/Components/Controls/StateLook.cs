using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Notifications;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Terminals;
using FrappeHybrid.Core.Updates;
using FrappeHybrid.Core.Webhooks;

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>How a state looks: its shape, its colour and its word, the same everywhere.</summary>
public sealed record StateLook(IconName Shape, string Tone, string Word)
{
    /// <summary>Something goes on: its shape turns.</summary>
    public bool IsBusy => Shape is IconName.Running;

    public static StateLook Of(ServerState state) => state switch
    {
        ServerState.Draft => Draft("Draft"),
        ServerState.Installing => Busy("Installing"),
        ServerState.Active => Good("Active"),
        ServerState.Broken => Bad("Broken"),
        ServerState.Unreachable => Poor("Unreachable"),
        ServerState.Maintenance => Busy("Maintenance"),
        ServerState.Archived => Quiet("Archived"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a server's state."),
    };

    public static StateLook Of(BenchState state) => state switch
    {
        BenchState.Installing => Busy("Installing"),
        BenchState.Active => Good("Active"),
        BenchState.Broken => Bad("Broken"),
        BenchState.Archiving => Busy("Archiving"),
        BenchState.Archived => Quiet("Archived"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a bench's state."),
    };

    public static StateLook Of(SiteState state) => state switch
    {
        SiteState.Installing => Busy("Installing"),
        SiteState.Active => Good("Active"),
        SiteState.Working => Busy("Working"),
        SiteState.Recovered => Poor("Recovered"),
        SiteState.Fatal => Bad("Fatal"),
        SiteState.Broken => Bad("Broken"),
        SiteState.Trashed => Quiet("In the trash"),
        SiteState.Archived => Quiet("Archived"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a site's state."),
    };

    public static StateLook Of(BenchUpdateState state) => state switch
    {
        BenchUpdateState.Running => Busy("Running"),
        BenchUpdateState.Paused => Poor("Paused"),
        BenchUpdateState.Stopped => Bad("Stopped"),
        BenchUpdateState.Done => Good("Done"),
        BenchUpdateState.Cancelled => new(IconName.Skipped, "idle", "Cancelled"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a state of a bench's update."),
    };

    public static StateLook Of(BenchUpdateSiteState state) => state switch
    {
        BenchUpdateSiteState.Waiting => Quiet("Waiting"),
        BenchUpdateSiteState.Running => Busy("Updating"),
        BenchUpdateSiteState.Done => Good("Updated"),
        BenchUpdateSiteState.Failed => Bad("Failed"),
        BenchUpdateSiteState.Skipped => new(IconName.Skipped, "idle", "Left out"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a state of a site in a bench's update."),
    };

    public static StateLook Of(SupportAccessView access) => access.State switch
    {
        SupportAccessState.Asked => Poor("Asked"),
        SupportAccessState.Granted when access.IsOpen => Busy("Open"),
        SupportAccessState.Granted => Quiet("Run out"),
        SupportAccessState.Refused => Quiet("Refused"),
        SupportAccessState.Ended => Quiet(access.Until is null ? "Taken back" : "Ended"),
        _ => throw new ArgumentOutOfRangeException(nameof(access), access.State, "Not a state of an access."),
    };

    public static StateLook Of(RunState state) => state switch
    {
        RunState.Undelivered => Draft("Undelivered"),
        RunState.Pending => Quiet("Pending"),
        RunState.Running => Busy("Running"),
        RunState.Success => Good("Success"),
        RunState.Failure => Bad("Failure"),
        RunState.Cancelled => new(IconName.Skipped, "idle", "Cancelled"),
        RunState.DeliveryFailure => Bad("Delivery failure"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a run's state."),
    };

    public static StateLook Of(StepState state) => state switch
    {
        StepState.Pending => Quiet("Pending"),
        StepState.Running => Busy("Running"),
        StepState.Success => Good("Success"),
        StepState.Failure => Bad("Failure"),
        StepState.Skipped => new(IconName.Skipped, "idle", "Skipped"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a step's state."),
    };

    public static StateLook Of(PreflightVerdict verdict) => verdict switch
    {
        PreflightVerdict.Waiting => Busy("Checking"),
        PreflightVerdict.Pass => Good("Pass"),
        PreflightVerdict.Warn => Poor("Warning"),
        PreflightVerdict.Fail => Bad("Fail"),
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "Not a verdict."),
    };

    public static StateLook Of(NotificationTone tone) => tone switch
    {
        NotificationTone.Told => Quiet("Told"),
        NotificationTone.Done => Good("Good"),
        NotificationTone.Failed => Bad("Failed"),
        _ => throw new ArgumentOutOfRangeException(nameof(tone), tone, "Not a tone."),
    };

    public static StateLook Of(WebhookDeliveryState state) => state switch
    {
        WebhookDeliveryState.Waiting => Quiet("Waiting"),
        WebhookDeliveryState.Delivered => Good("Delivered"),
        WebhookDeliveryState.Failed => Bad("Failed"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a state of a delivery."),
    };

    public static StateLook Of(WebhookView hook) => hook switch
    {
        { SwitchedOffAt: not null } => Bad("Switched off"),
        { IsActive: false } => Quiet("Off"),
        { FailingSince: not null } => Poor("Failing"),
        _ => Good("On"),
    };

    /// <summary>An open terminal, or how one ended.</summary>
    public static StateLook OfTerminal(TerminalEnd? end) => end switch
    {
        null => Good("Open"),
        TerminalEnd.Exited or TerminalEnd.Closed or TerminalEnd.Left => Quiet("Ended"),
        TerminalEnd.Idle => Quiet("Idle"),
        TerminalEnd.NotAllowed => Poor("Withdrawn"),
        TerminalEnd.Lost => Poor("Lost"),
        TerminalEnd.Interrupted => Poor("Interrupted"),
        TerminalEnd.Unrecorded => Poor("Unrecorded"),
        _ => throw new ArgumentOutOfRangeException(nameof(end), end, "Not an end of a terminal."),
    };

    public static StateLook Of(ActivityResult result) => result switch
    {
        ActivityResult.Done => Good("Done"),
        ActivityResult.Refused => Poor("Refused"),
        ActivityResult.Failed => Bad("Failed"),
        _ => throw new ArgumentOutOfRangeException(nameof(result), result, "Not a result."),
    };

    /// <summary>A container's state in the engine's own word.</summary>
    public static StateLook OfContainer(string word) => word switch
    {
        "running" => Good("Running"),
        "restarting" => Poor("Restarting"),
        "created" => Quiet("Created"),
        "paused" => Quiet("Paused"),
        "missing" => Bad("Missing"),
        "exited" or "dead" or "removing" => Bad(Sentence(word)),
        _ => Quiet(Sentence(word)),
    };

    /// <summary>A part of a bench's network: whether it runs, and whether it is there for the others.</summary>
    public static StateLook Of(NetworkPart part) => part switch
    {
        { State: "stopped" } => Bad("Stopped"),
        { State: not "running" } => OfContainer(part.State),
        { Health: "unhealthy" } => Poor("Unhealthy"),
        { Answers: false } => Poor("No answer"),
        { Health: "starting" } => Busy("Starting"),
        { Answers: true } => Good("Answers"),
        _ => Good("Running"),
    };

    private static StateLook Good(string word) => new(IconName.Ok, "ok", word);

    private static StateLook Busy(string word) => new(IconName.Running, "running", word);

    private static StateLook Poor(string word) => new(IconName.Warn, "warn", word);

    private static StateLook Bad(string word) => new(IconName.Fail, "fail", word);

    private static StateLook Quiet(string word) => new(IconName.Idle, "idle", word);

    private static StateLook Draft(string word) => new(IconName.Draft, "idle", word);

    private static string Sentence(string word) => word.Length == 0 ? "Unknown" : char.ToUpperInvariant(word[0]) + word[1..];
}
