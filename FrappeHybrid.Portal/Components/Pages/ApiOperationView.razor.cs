using FrappeHybrid.Portal.Api;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>One endpoint: what it takes, what it gives, and a form to try it. The form is the script's: nothing that is typed in it comes to the circuit.</summary>
public partial class ApiOperationView
{
    [Parameter, EditorRequired]
    public ApiOperation Operation { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private string Origin => new Uri(Navigation.BaseUri).GetLeftPart(UriPartial.Authority);


    private string Field(ApiField field) => $"{Operation.Id}-{field.Name}";
}
