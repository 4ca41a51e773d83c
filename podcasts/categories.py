"""Apple’s closed list of podcast categories (https://podcasters.apple.com/support/1691).

Feeds carry Apple’s exact English words; editors choose by the French names.
"""

CATEGORIES: dict[str, tuple[str, dict[str, str]]] = {
    "Arts": (
        "Arts",
        {
            "Books": "Livres",
            "Design": "Design",
            "Fashion & Beauty": "Mode et beauté",
            "Food": "Cuisine",
            "Performing Arts": "Arts du spectacle",
            "Visual Arts": "Arts visuels",
        },
    ),
    "Business": (
        "Économie et entreprise",
        {
            "Careers": "Carrière",
            "Entrepreneurship": "Entrepreneuriat",
            "Investing": "Placements",
            "Management": "Gestion",
            "Marketing": "Marketing",
            "Non-Profit": "Associations et but non lucratif",
        },
    ),
    "Comedy": (
        "Humour",
        {
            "Comedy Interviews": "Entretiens humoristiques",
            "Improv": "Improvisation",
            "Stand-Up": "Seul·e en scène",
        },
    ),
    "Education": (
        "Éducation",
        {
            "Courses": "Cours",
            "How To": "Guides pratiques",
            "Language Learning": "Apprentissage des langues",
            "Self-Improvement": "Développement personnel",
        },
    ),
    "Fiction": (
        "Fiction",
        {
            "Comedy Fiction": "Fiction humoristique",
            "Drama": "Drame",
            "Science Fiction": "Science-fiction",
        },
    ),
    "Government": ("Administration publique", {}),
    "Health & Fitness": (
        "Santé et forme",
        {
            "Alternative Health": "Médecines douces",
            "Fitness": "Exercice physique",
            "Medicine": "Médecine",
            "Mental Health": "Santé mentale",
            "Nutrition": "Nutrition",
            "Sexuality": "Sexualité",
        },
    ),
    "History": ("Histoire", {}),
    "Kids & Family": (
        "Enfants et famille",
        {
            "Education for Kids": "Éducation des enfants",
            "Parenting": "Parentalité",
            "Pets & Animals": "Animaux",
            "Stories for Kids": "Histoires pour enfants",
        },
    ),
    "Leisure": (
        "Loisirs",
        {
            "Animation & Manga": "Animation et manga",
            "Automotive": "Automobile",
            "Aviation": "Aviation",
            "Crafts": "Loisirs créatifs",
            "Games": "Jeux",
            "Hobbies": "Passe-temps",
            "Home & Garden": "Maison et jardin",
            "Video Games": "Jeux vidéo",
        },
    ),
    "Music": (
        "Musique",
        {
            "Music Commentary": "Critique musicale",
            "Music History": "Histoire de la musique",
            "Music Interviews": "Entretiens musicaux",
        },
    ),
    "News": (
        "Actualités",
        {
            "Business News": "Actualité économique",
            "Daily News": "Actualité quotidienne",
            "Entertainment News": "Actualité du spectacle",
            "News Commentary": "Commentaire de l’actualité",
            "Politics": "Politique",
            "Sports News": "Actualité sportive",
            "Tech News": "Actualité technologique",
        },
    ),
    "Religion & Spirituality": (
        "Religion et spiritualité",
        {
            "Buddhism": "Bouddhisme",
            "Christianity": "Christianisme",
            "Hinduism": "Hindouisme",
            "Islam": "Islam",
            "Judaism": "Judaïsme",
            "Religion": "Religion",
            "Spirituality": "Spiritualité",
        },
    ),
    "Science": (
        "Sciences",
        {
            "Astronomy": "Astronomie",
            "Chemistry": "Chimie",
            "Earth Sciences": "Sciences de la Terre",
            "Life Sciences": "Sciences de la vie",
            "Mathematics": "Mathématiques",
            "Natural Sciences": "Sciences naturelles",
            "Nature": "Nature",
            "Physics": "Physique",
            "Social Sciences": "Sciences sociales",
        },
    ),
    "Society & Culture": (
        "Société et culture",
        {
            "Documentary": "Documentaire",
            "Personal Journals": "Journaux intimes",
            "Philosophy": "Philosophie",
            "Places & Travel": "Lieux et voyages",
            "Relationships": "Relations humaines",
        },
    ),
    "Sports": (
        "Sports",
        {
            "Baseball": "Baseball",
            "Basketball": "Basket-ball",
            "Cricket": "Cricket",
            "Fantasy Sports": "Ligues virtuelles",
            "Football": "Football américain",
            "Golf": "Golf",
            "Hockey": "Hockey",
            "Rugby": "Rugby",
            "Running": "Course à pied",
            "Soccer": "Football",
            "Swimming": "Natation",
            "Tennis": "Tennis",
            "Volleyball": "Volley-ball",
            "Wilderness": "Pleine nature",
            "Wrestling": "Lutte",
        },
    ),
    "Technology": ("Technologies", {}),
    "True Crime": ("Affaires criminelles", {}),
    "TV & Film": (
        "Télévision et cinéma",
        {
            "After Shows": "Autour des séries",
            "Film History": "Histoire du cinéma",
            "Film Interviews": "Entretiens de cinéma",
            "Film Reviews": "Critique de cinéma",
            "TV Reviews": "Critique de télévision",
        },
    ),
}
"""Apple’s parent → French label, and Apple’s children → French labels."""

CATEGORY_CHOICES: list[tuple[str, list[tuple[str, str]]]] = [
    (
        label,
        [
            (parent, f"{label} (en général)"),
            *((f"{parent}/{child}", name) for child, name in children.items()),
        ],
    )
    for parent, (label, children) in CATEGORIES.items()
]
"""Grouped choices of a Django field; a value is « Parent » or « Parent/Child », Apple’s words."""
