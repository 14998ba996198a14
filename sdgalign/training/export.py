"""Writing a tuned network as a folder that needs no torch: ONNX with one byte a weight."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np

from sdgalign.model.encoder import TunedEncoder

if TYPE_CHECKING:
    import torch

    from sdgalign.training.tune import TuningNetwork, TuningSettings

_OPSET = 17


def export(
    network: TuningNetwork,
    tokenizer: Any,  # noqa: ANN401
    settings: TuningSettings,
    out: Path,
) -> None:
    """Write encoder and heads.

    The encoder is in the format of sentence-transformers (``backend="onnx"``); what
    :class:`TunedEncoder` needs besides stands in two files of its own.

    Args:
        network: Trained.
        tokenizer: Of the encoder.
        settings: How it was tuned.
        out: Folder to write.
    """
    from safetensors.numpy import save_file

    student: Any = network.student
    graph = out / TunedEncoder.GRAPH
    graph.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        plain = Path(folder) / "model.onnx"
        _trace(student, plain)
        _quantise(plain, graph, student.config.num_attention_heads, student.config.hidden_size)
    layers = [network.hidden, network.output]
    weights = [a.detach().numpy() for layer in layers for a in (layer.weight.T, layer.bias)]
    names = ("hidden", "hidden_bias", "output", "output_bias")
    arrays = {
        name: np.ascontiguousarray(array, dtype=np.float16)
        for name, array in zip(names, weights, strict=True)
    }
    save_file(arrays, out / TunedEncoder.HEADS)
    tokenizer.save(str(out / "tokenizer.json"))
    _write_json(
        out / TunedEncoder.LIMITS,
        {
            "dimension": student.config.hidden_size,
            "text_tokens": settings.text_tokens,
            "context_tokens": settings.context_tokens,
        },
    )
    _write_sentence_transformers(student, out)


def _trace(student: Any, path: Path) -> None:  # noqa: ANN401
    import torch

    class Hidden(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.student = student

        def forward(
            self,
            input_ids: torch.Tensor,
            attention_mask: torch.Tensor,
            token_type_ids: torch.Tensor,
        ) -> torch.Tensor:
            found: torch.Tensor = self.student(
                input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
            ).last_hidden_state
            return found

    names = ["input_ids", "attention_mask", "token_type_ids"]
    example = tuple(torch.ones(2, 16, dtype=torch.long) for _ in names)
    free = {name: {0: "batch", 1: "tokens"} for name in [*names, "last_hidden_state"]}
    student.set_attn_implementation("eager")
    with warnings.catch_warnings():
        # The tracer warns of shapes that it takes for constants; the axes are declared free.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Hidden().eval(),
            example,
            str(path),
            input_names=names,
            output_names=["last_hidden_state"],
            dynamic_axes=free,
            opset_version=_OPSET,
            dynamo=False,
        )


def _quantise(plain: Path, graph: Path, heads: int, width: int) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.transformers import optimizer

    fused = plain.with_name("fused.onnx")
    found = optimizer.optimize_model(
        str(plain), model_type="bert", num_heads=heads, hidden_size=width, opt_level=1
    )
    found.save_model_to_file(str(fused))
    quantize_dynamic(
        fused,
        graph,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Attention", "Gather", "EmbedLayerNormalization"],
        extra_options={"DefaultTensorType": 1},
    )


def _write_sentence_transformers(student: Any, out: Path) -> None:  # noqa: ANN401
    student.config.save_pretrained(out)
    package = "sentence_transformers.models"
    _write_json(
        out / "modules.json",
        [
            {"idx": 0, "name": "0", "path": "", "type": f"{package}.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{package}.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{package}.Normalize"},
        ],
    )
    longest = student.config.max_position_embeddings
    _write_json(out / "sentence_bert_config.json", {"max_seq_length": longest})
    (out / "1_Pooling").mkdir(exist_ok=True)
    width = student.config.hidden_size
    pooling = {"word_embedding_dimension": width, "pooling_mode_mean_tokens": True}
    _write_json(out / "1_Pooling" / "config.json", pooling)
    special = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]"}
    _write_json(
        out / "tokenizer_config.json",
        {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": longest,
            "sep_token": "[SEP]",
            **special,
        },
    )


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")
