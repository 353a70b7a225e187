"""Executes a notebook from its first cell to its last, and holds what it shows.

    notebooks.py NOTEBOOK [--write]

NARROWS_RESULTS and NARROWS say what it reads. Prints what it printed, and a line a figure with its size and how many colours it
has. Ends non-zero where a cell fails or warns. --write keeps the outputs in the notebook, as those in the repository are.
"""

import base64
import io
import os
import sys

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from PIL import Image

path = sys.argv[1]
folder = os.path.dirname(os.path.abspath(path))
os.environ.update(
    MPLBACKEND="module://matplotlib_inline.backend_inline",
    # A test's kernels leave nothing at home.
    IPYTHONDIR=os.environ.get("IPYTHONDIR", os.path.join(folder, "..", "target", "ipython")),
)
notebook = nbformat.read(path, as_version=4)
for cell in notebook.cells:
    if cell.cell_type == "code":
        cell.outputs, cell.execution_count = [], None
try:
    NotebookClient(notebook, timeout=None, kernel_name="python3", resources={"metadata": {"path": folder}}).execute()
except CellExecutionError as e:
    sys.exit("%s does not run:\n%s" % (path, e))

warned = []
for cell in notebook.cells:
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        if output.output_type == "stream":
            if output.name == "stderr":
                warned.append(output.text)
            else:
                print(output.text)
        elif "image/png" in data:
            image = Image.open(io.BytesIO(base64.b64decode(data["image/png"]))).convert("RGB")
            print("figure %d x %d, %d colours" % (*image.size, len(image.getcolors(image.width * image.height))))
        elif "text/html" in data:
            print("table of %d rows" % max(data["text/html"].count("<tr") - 1, 0))
    # What a run brings with it and no reader needs.
    cell.metadata.pop("execution", None)
if warned:
    sys.exit("%s warns:\n%s" % (path, "\n".join(warned)))
if "--write" in sys.argv:
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    with open(path, "w", encoding="utf-8") as file:
        nbformat.write(notebook, file)
