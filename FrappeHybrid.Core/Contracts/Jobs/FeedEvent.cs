namespace FrappeHybrid.Core.Contracts.Jobs;

/// <summary>
/// One line of the Agent's feed (`GET /feed?after=N&amp;epoch=E`, newline-delimited JSON). Numbered events are durable, gap-free from 1 within an epoch and sent in order;
/// applying them twice must be prevented by the reader through <see cref="Number"/>.
/// </summary>
/// <param name="Number">1, 2, 3, ...; 0 for <see cref="FeedEventKind.Hello"/> and <see cref="FeedEventKind.Heartbeat"/>, which are not stored.</param>
/// <param name="Kind">What happened.</param>
/// <param name="At">When, by the Agent's clock.</param>
/// <param name="Epoch">Set on Hello: changes when the Agent's store was made anew; the reader then starts again at 0.</param>
/// <param name="JobId">The job it is about.</param>
/// <param name="Job">The whole job after the change: on every kind that changes a job or a step.</param>
/// <param name="Step">The step's key, for StepOutput.</param>
/// <param name="Output">For StepOutput: the next piece of the step's output, at most 16 KB, secrets taken out.</param>
public sealed record FeedEvent(
    long Number,
    FeedEventKind Kind,
    DateTimeOffset At,
    Guid? Epoch = null,
    Guid? JobId = null,
    JobSnapshot? Job = null,
    string? Step = null,
    string? Output = null);
