using FrappeHybrid.Core.Contracts.Benches;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>Memory and processors by group of services.</summary>
public partial class BenchLimitsForm
{
    private List<Group> groups = [];

    [Parameter, EditorRequired]
    public BenchLimits Limits { get; set; } = null!;

    [Parameter]
    public bool CanChange { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<BenchLimits> OnSave { get; set; }

    private BenchLimits Entered => new(
        groups[0].Megabytes, groups[1].Megabytes, groups[2].Megabytes, groups[0].Processors, groups[1].Processors, groups[2].Processors);

    /// <inheritdoc/>
    protected override void OnInitialized() => Reset();

    private void Reset() => groups =
    [
        new Group("backend", "web requests and bench commands", 256) { Megabytes = Limits.BackendMegabytes, Processors = Limits.BackendProcessors },
        new Group("queue-short, queue-long, scheduler", "background jobs", 128) { Megabytes = Limits.WorkerMegabytes, Processors = Limits.WorkerProcessors },
        new Group("frontend, websocket, redis", "nginx, live updates, cache and queues", 64) { Megabytes = Limits.SmallServiceMegabytes, Processors = Limits.SmallServiceProcessors },
    ];

    private async Task SaveAsync()
    {
        if (CanChange && Entered != Limits && Entered.AreValid())
            await OnSave.InvokeAsync(Entered);
    }

    private sealed class Group(string title, string hint, int least)
    {
        public string Title => title;

        public string Hint => hint;

        public int Least => least;

        public int Megabytes { get; set; }

        public double? Processors { get; set; }
    }
}
