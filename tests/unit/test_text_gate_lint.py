"""A lint over the syntax tree: text reaches a widget through `tui.text`, or the build is red.

Looks at every module of `tui` (but `text` itself) for places where the framework takes words, and asks whether
what is handed over was made by `tui.text`. It follows names inside a function, annotations, and the return types
of functions anywhere in `tui`; what it cannot follow, it refuses: write the type down, or call `text` there.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

TUI = Path(__file__).parents[2] / "src/retrotui/tui"
FREE = {"text.py", "terminal.py"}
"""The gate itself, and the last wall, which rewrites what others have drawn."""
MODULES = sorted(path for path in TUI.rglob("*.py") if str(path.relative_to(TUI)) not in FREE)

MADE_BY_TEXT = {"plain", "line", "sentence", "mark", "join", "stack", "bare", "option", "segment"}
SAFE_TYPE = re.compile(r"\b(Content|Bare|Option)\b")
"""Types that only `text` makes (the constructors of `Content` and `Option` are refused elsewhere)."""

# the arguments of a call that are shown: how many positional ones (None: all), and the named ones
SHOWN: dict[str, tuple[int | None, set[str]]] = {
    "Static": (1, {"content"}),
    "Label": (1, {"content"}),
    "Button": (1, {"label", "tooltip"}),
    "Link": (1, {"text", "tooltip"}),
    "Checkbox": (1, {"label", "tooltip"}),
    "RadioButton": (1, {"label", "tooltip"}),
    "RadioSet": (None, set()),
    "OptionList": (None, set()),
    "ListItem": (0, set()),
    "Digits": (1, {"value"}),
    "Tab": (1, {"label"}),
    "TabPane": (1, {"title"}),
    "Collapsible": (0, {"title"}),
    "Input": (0, {"placeholder", "tooltip"}),
    "MaskedInput": (0, {"placeholder", "tooltip"}),
    "TextArea": (0, {"placeholder", "tooltip"}),
    "update": (1, {"content"}),
    "add_option": (1, {"option"}),
    "add_options": (1, {"new_options"}),
    "replace_option_prompt": (2, {"prompt"}),
    "replace_option_prompt_at_index": (2, {"prompt"}),
    "with_tooltip": (1, {"tooltip"}),
    "exit": (0, {"message"}),
    "Binding": (0, {"tooltip"}),
    "Segment": (1, {"text"}),
    "super().__init__": (0, {"placeholder", "label", "content", "title"}),
}
NOT_SHOWN_FIRST = {"replace_option_prompt", "replace_option_prompt_at_index"}
"""Their first argument names the option."""

SHOWN_ATTRIBUTES = {
    "border_title",
    "border_subtitle",
    "tooltip",
    "title",
    "sub_title",
    "label",
    "placeholder",
    "prompt",
}
REFUSED_CALLS = {
    "from_markup": "parses",
    "render_str": "parses",
    "Content": "use text.plain, line or sentence",
    "styled": "use text.plain, line or sentence",
    "assemble": "use text.join",
    "append_text": "use text.join",
    "from_text": "parses",
    "from_rich_text": "parses strings",
    "Text": "use text.plain",
    "Option": "use text.option",
    "Hit": "use text.hit",
    "DiscoveryHit": "use text.discovery",
    "SystemCommand": "its words are parsed: give a Provider with text.hit",
    "highlight": "parses: use text.highlighted",
    "notify": "use text.notify",
}
REFUSED_WIDGETS = {
    *("Markdown", "MarkdownViewer", "RichLog", "Log", "DataTable", "Tree", "DirectoryTree", "Pretty"),
    *("Select", "SelectionList", "HelpPanel", "KeyPanel", "Footer", "Placeholder"),
}


def called(call: ast.Call) -> str:
    """The last name of what is called: `a.b.c(…)` -> `c`; `super().__init__` in full."""
    if isinstance(call.func, ast.Attribute):
        inner = call.func.value
        if call.func.attr == "__init__" and isinstance(inner, ast.Call) and called(inner) == "super":
            return "super().__init__"
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _is_empty(call: ast.Call) -> bool:
    """`Content()`: nothing to see."""
    return called(call) == "Content" and not call.args and not call.keywords


def of_text(call: ast.Call) -> bool:
    func = call.func
    return isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name) and func.value.id == "text"


def safe_annotation(annotation: ast.expr | None) -> bool:
    if annotation is None:
        return False
    spelled = ast.unparse(annotation)
    return bool(SAFE_TYPE.search(spelled)) and not re.search(r"\b(str|object|Any)\b", spelled)


@dataclass
class Known:
    """Names that hold or give harmless text, by their declared types, over all of `tui`."""

    functions: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, trees: list[ast.AST]) -> Known:
        safe: dict[str, set[str]] = {"functions": set(), "attributes": set()}
        unsafe: dict[str, set[str]] = {"functions": set(), "attributes": set()}
        for tree in trees:
            for node in ast.walk(tree):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    into = safe if safe_annotation(node.returns) else unsafe
                    kind = "attributes" if _is_property(node) else "functions"
                    into[kind].add(node.name)
                elif isinstance(node, ast.AnnAssign):
                    target = node.target
                    name = target.attr if isinstance(target, ast.Attribute) else ast.unparse(target)
                    (safe if safe_annotation(node.annotation) else unsafe)["attributes"].add(name)
        # a name that is harmless here and something else there is not known
        return cls(*(safe[kind] - unsafe[kind] for kind in ("functions", "attributes")))


def _is_property(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(
        ast.unparse(mark).split(".")[-1] in {"property", "cached_property"} for mark in node.decorator_list
    )


class Gate(ast.NodeVisitor):
    """Collects `line: what` for each place where something else than `tui.text` made the words."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.found: list[str] = []
        self.scopes: list[dict[str, bool]] = [{}]
        self.in_plain_class = False

    def refuse(self, node: ast.AST, why: str) -> None:
        self.found.append(f"{getattr(node, 'lineno', 0)}: {why}")

    # what is harmless

    def safe(self, node: ast.expr | None) -> bool:
        match node:
            case None:
                return True
            case ast.Constant(value=value):
                return not isinstance(value, str) or not re.search(r"[\w\[\x00-\x1f\x7f-\x9f]", value)
            case ast.Name(id=name):
                return next((scope[name] for scope in reversed(self.scopes) if name in scope), False)
            case ast.Attribute(attr=name):
                return name in self.known.attributes
            case ast.Call():
                return self._safe_call(node)
            case ast.IfExp(body=body, orelse=other):
                return self.safe(body) and self.safe(other)
            case ast.BoolOp(values=values) | ast.List(elts=values) | ast.Tuple(elts=values):
                return all(self.safe(value) for value in values)
            case ast.BinOp(op=ast.Mult()):
                return self.safe(node.left)
            case ast.BinOp(left=left, right=right):
                return self.safe(left) and self.safe(right)
            case ast.Await(value=value) | ast.Starred(value=value) | ast.Subscript(value=value):
                return self.safe(value)
            case ast.NamedExpr(value=value):
                return self.safe(value)
            case ast.ListComp(elt=elt, generators=loops) | ast.GeneratorExp(elt=elt, generators=loops):
                self.scopes.append({})
                for loop in loops:
                    self.bind(loop.target, self.safe(loop.iter))
                answer = self.safe(elt)
                self.scopes.pop()
                return answer
            case _:
                return False

    def _safe_call(self, call: ast.Call) -> bool:
        if of_text(call):
            return called(call) in MADE_BY_TEXT
        if called(call) in self.known.functions or _is_empty(call):
            return True
        if called(call) in {"list", "tuple", "reversed"}:
            return all(self.safe(argument) for argument in call.args)
        # what a Content makes of itself: text.plain(…).stylize("bold")
        return isinstance(call.func, ast.Attribute) and self.safe(call.func.value)

    def bind(self, target: ast.expr, is_safe: bool) -> None:
        if isinstance(target, ast.Name):
            scope = self.scopes[-1]
            scope[target.id] = is_safe and scope.get(target.id, True)

    # where words are shown

    def visit_Call(self, node: ast.Call) -> None:
        name = called(node)
        if not of_text(node):
            if name in REFUSED_CALLS and not _is_empty(node):
                self.refuse(node, f"{name}(): {REFUSED_CALLS[name]}")
            if name in REFUSED_WIDGETS:
                self.refuse(node, f"{name}() shows strings as markup")
            if name in SHOWN:
                self._arguments(node, name)
        for keyword in node.keywords:
            if keyword.arg == "markup" and not (
                isinstance(keyword.value, ast.Constant) and keyword.value.value is False
            ):
                self.refuse(node, "markup=True")
        self.generic_visit(node)

    def _arguments(self, node: ast.Call, name: str) -> None:
        count, named = SHOWN[name]
        first = 1 if name in NOT_SHOWN_FIRST else 0
        shown = [*node.args[first:count], *(word.value for word in node.keywords if word.arg in named)]
        for argument in shown:
            if not self.safe(argument):
                self.refuse(node, f"{name}({ast.unparse(argument)})")

    def _target(self, target: ast.expr, value: ast.expr | None) -> None:
        of_plain_class = self.in_plain_class and ast.unparse(target).startswith("self.")
        shown = isinstance(target, ast.Attribute) and target.attr in SHOWN_ATTRIBUTES and not of_plain_class
        if shown and not self.safe(value):
            self.refuse(target, f"{ast.unparse(target)} = {ast.unparse(value) if value else ''}")
        named_in_class = isinstance(target, ast.Name) and target.id in {"BORDER_TITLE", "BORDER_SUBTITLE"}
        if named_in_class and not self.safe(value):
            self.refuse(target, f"{ast.unparse(target)} is parsed")
        self.bind(target, self.safe(value))

    def visit_Assign(self, node: ast.Assign) -> None:
        for target in node.targets:
            self._target(target, node.value)
        self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if safe_annotation(node.annotation):
            self.bind(node.target, True)
        else:
            self._target(node.target, node.value)
        self.generic_visit(node)

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        self.bind(node.target, self.safe(node.value))
        self.generic_visit(node)

    def visit_For(self, node: ast.For) -> None:
        self.bind(node.target, self.safe(node.iter))
        self.generic_visit(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        for base in node.bases:
            if ast.unparse(base).split("[")[0].split(".")[-1] in REFUSED_WIDGETS:
                self.refuse(node, f"{node.name} is a {ast.unparse(base)}, which shows strings as markup")
        # a class without a base is no widget: its own `title` is not shown by anybody else
        outer, self.in_plain_class = self.in_plain_class, not node.bases
        self.generic_visit(node)
        self.in_plain_class = outer

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        self.scopes.append({argument.arg: safe_annotation(argument.annotation) for argument in arguments})
        if node.name == "render":
            spelled = ast.unparse(node.returns) if node.returns else "nothing declared"
            if re.search(r"\b(str|ContentType|RenderResult|Any|nothing declared)\b", spelled):
                self.refuse(node, f"render() -> {spelled}: a returned string would be parsed")
        self.generic_visit(node)
        self.scopes.pop()

    visit_AsyncFunctionDef = visit_FunctionDef


def findings(source: str, known: Known | None = None) -> list[str]:
    """What the lint has to say about a module."""
    tree = ast.parse(source)
    gate = Gate(known or Known.of([tree]))
    gate.visit(tree)
    return gate.found


def everything_known() -> Known:
    return Known.of([ast.parse(path.read_text(encoding="utf-8")) for path in TUI.rglob("*.py")])


KNOWN = everything_known()


def names() -> Iterator[str]:
    return (str(path.relative_to(TUI)) for path in MODULES)


@pytest.mark.parametrize("module", list(names()))
def test_text_reaches_widgets_through_text_only(module: str) -> None:
    assert findings((TUI / module).read_text(encoding="utf-8"), KNOWN) == []


BAD = [
    'Static(f"deal {name}")',
    "Static(name)",
    'Label("Deals")',
    "Label(tr('Deals'))",
    "widget.update(deal.title)",
    "widget.update(Content(deal.title))",
    "widget.border_title = name",
    "widget.border_subtitle = f'{n} deals'",
    "self.sub_title = name",
    "self.title = tr('Meeting')",
    "self.notify(name)",
    "self.app.notify(text.bare(name))",
    "Content.from_markup(name)",
    "Static(text.plain(name), markup=True)",
    "options.add_option(name)",
    "options.add_options([Option(name)])",
    "OptionList(text.option(a), name)",
    "options.replace_option_prompt('k', name)",
    "Input(placeholder=name)",
    "field.placeholder = name",
    "widget.tooltip = name",
    "Button(name)",
    "Segment(name, style)",
    "Text.from_markup(name)",
    "Text(name)",
    "Content.assemble('a', name)",
    "Hit(1.0, name, call)",
    "matcher.highlight(name)",
    "DataTable()",
    "class Notes(Markdown): pass",
    "def render(self) -> str: return self.name",
    "def render(self): return self.name",
    "Binding('f1', 'x', 'y', tooltip=name)",
    "app.exit(message=name)",
    "def f(words: str):\n  Static(words)",
    "def f(words: str):\n  content = text.plain(words)\n  content = words\n  Static(content)",
    "def shown(x: int) -> str: ...\nStatic(shown(1))",
    "class A(Static):\n  def __init__(self, words: str):\n    super().__init__(content=words)",
    "Static(text.plain(a) if b else a)",
    "Static(text.wrap(a)[0])",
    "text.plain(a)\nStatic(other.plain(a))",
    "class A(Widget):\n  BORDER_TITLE = 'Agenda [x]'",
    "class A(Screen):\n  def __init__(self, title: str):\n    self.title = title",
    "class Page:\n  def show(self, widget: Widget, title: str):\n    widget.title = title",
]
GOOD = [
    "Static()",
    "Static(text.plain(name))",
    "Label(text.sentence(tr('Deals')))",
    "widget.update(text.join(text.plain(a), text.mark(' · '), text.plain(b)))",
    "widget.update(text.plain(a).stylize('bold'))",
    "widget.border_title = text.line(name, width=20)",
    "widget.border_title = None",
    "self.sub_title = text.bare(name)",
    "text.notify(self, name)",
    "options.add_option(text.option(name, 'k'))",
    "options.add_options([text.option(deal.title) for deal in deals])",
    "OptionList(*[text.option(deal.title) for deal in deals])",
    "Input(placeholder=text.bare(tr('Search')), id='search')",
    "def f(words: Content) -> None:\n  Static(words)",
    "def f(parts: list[Content]) -> None:\n  for part in parts:\n    Static(part)",
    "def f(a: str):\n  content = text.plain(a)\n  Static(content)",
    "def shown(x: int) -> Content: ...\nStatic(shown(1))",
    "class A:\n  shown: Content\n\ndef f(a: A):\n  Static(a.shown)",
    "def render(self) -> Content: return self.shown",
    "Segment(' ' * 3, style)",
    "Segment('━' * 3, style)",
    "Static(text.plain(a) if b else text.mark('─'))",
    "app.exit(0)",
    "Static(text.plain(name) if name else Content())",
    "class Page:\n  def __init__(self, title: str):\n    self.title = title",
]


@pytest.mark.parametrize("source", BAD)
def test_the_lint_sees_a_way_round(source: str) -> None:
    assert findings(source)


@pytest.mark.parametrize("source", GOOD)
def test_the_lint_lets_text_through(source: str) -> None:
    assert findings(source) == []


def test_the_lint_knows_only_what_text_gives() -> None:
    """Each name that the lint trusts is a function of `tui.text`; what they return is checked by their types."""
    tree = ast.parse((TUI / "text.py").read_text(encoding="utf-8"))
    returns = {node.name: node.returns for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    assert set(returns) >= MADE_BY_TEXT
    spelled = {ast.unparse(found) for name, found in returns.items() if name in MADE_BY_TEXT and found}
    assert spelled == {"Content", "Bare", "Option", "Segment"}
