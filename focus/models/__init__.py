"""What focuses store, under one name: ``from focus.models import FocusPage``."""

from focus.models.approval import ApprovalLink, InsertEvent, PageApproval
from focus.models.article import ArticleAuthor, ArticleCorrection, ArticlePage
from focus.models.bundle import AssetBundle
from focus.models.focus import FocusPage, FocusPartner
from focus.models.forum import ForumPage, ForumPart, ForumSpeaker
from focus.models.index import FocusIndexPage
from focus.models.insert import Insert
from focus.models.insert_page import InsertAsset, InsertComment, InsertPage
from focus.models.insert_version import InsertUpload, PageVersion
from focus.models.package import Package, PackageEvent
from focus.models.piece import Piece

__all__ = [
    "ApprovalLink",
    "ArticleAuthor",
    "ArticleCorrection",
    "ArticlePage",
    "AssetBundle",
    "FocusIndexPage",
    "FocusPage",
    "FocusPartner",
    "ForumPage",
    "ForumPart",
    "ForumSpeaker",
    "Insert",
    "InsertAsset",
    "InsertComment",
    "InsertEvent",
    "InsertPage",
    "InsertUpload",
    "Package",
    "PackageEvent",
    "PageApproval",
    "PageVersion",
    "Piece",
]
